/// The errors of this folder in one place, so that they are worded alike.
#pragma once

#include "aspm_host/sarif.hpp"

#include <string>

namespace aspm::host::sarif {

/// The report is JSON, but `where` breaks the format.
SarifError notSarif(const std::string& where, const std::string& problem);

/// Text out of a report, fit for a message: bounded, without control characters.
std::string printable(const std::string& text);

/// The same error with the name of the report in front.
SarifError withSource(const SarifError& error, const std::string& source);

} // namespace aspm::host::sarif
