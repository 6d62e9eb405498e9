/// What makes two results of different reports the same finding.
#pragma once

#include "aspm_host/sarif.hpp"

#include "result_reader.hpp"

#include <string>
#include <vector>

namespace aspm::host::sarif {

/// The fingerprint without a number for repeated occurrences: 32 hexadecimal digits.
///
/// Made from the scanner, the rule and, in this order of preference, the result's `fingerprints`, its
/// `partialFingerprints` with the path, or the path with the snippet (else the message). Never from line
/// numbers, which change with every edit above.
std::string fingerprintBase(const Scanner& scanner, const RawResult& raw, const ImportedFinding& finding);

/// A base and the number of the occurrence, as they are stored: "5d41...", "5d41...-2", "5d41...-3".
std::string numbered(const std::string& base, std::size_t occurrence);
std::string baseOf(const std::string& fingerprint);
std::size_t occurrenceOf(const std::string& fingerprint);

/// Drops results listed twice (same place, same message) and numbers the repeated bases in order of
/// appearance. Returns how many were dropped.
std::size_t dropDuplicatesAndNumber(std::vector<ImportedFinding>& findings);

} // namespace aspm::host::sarif
