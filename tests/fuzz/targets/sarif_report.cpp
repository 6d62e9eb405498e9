#include "target.hpp"

#include <aspm_host/sarif.hpp>

#include <sstream>

/// A report of a scanner.
FUZZ_TARGET(sarif_report) {
    using namespace aspm::host::sarif;
    Limits limits;
    limits.maxBytes = 1'000'000;
    limits.maxTextBytes = 4'000'000;
    limits.maxResults = 1000;
    std::istringstream in{std::string(input)};
    try {
        Report report = readReport(in, "report.sarif", limits);
        for (const auto& finding : report.findings)
            fuzz::require(finding.scanner && finding.rule && !finding.fingerprint.empty(),
                          "a finding has a scanner, a rule and a fingerprint");
        planMerge({{"5d41", "scanner", "src/a.c", 1, true}}, report);
    } catch (const SarifError& error) {
        fuzz::require(!error.problem().empty(), "an error says what is wrong");
    }
}
