/// From a scanner's words and scores to our five severities.
#pragma once

#include "aspm_host/sarif.hpp"

#include "json_value.hpp"

#include <optional>
#include <string>

namespace aspm::host::sarif {

/// The `security-severity` of a property bag: a score from 0 to 10, as text or as a number. Property bags are
/// free-form, so anything else counts as absent.
std::optional<double> securityScore(const JsonView& properties);

/// "error", "warning", "note" or "none"; empty for an empty view.
const std::string& readLevel(const JsonView& level);

/// The score decides (from 9.0 critical, 7.0 high, 4.0 medium, above 0 low); without one, or with 0, the
/// level does (error high, warning medium, note low, none info).
Severity severityOf(std::optional<double> score, const std::string& level);

} // namespace aspm::host::sarif
