#pragma once

#include <string>
#include <vector>

#include <aspm_host/sarif.hpp>

#include "finding_store.hpp"

namespace aspm::host {

/// What an import did, for a person.
struct ImportOutcome {
    std::size_t created = 0;
    std::size_t seenAgain = 0;
    std::size_t reopened = 0;
    std::size_t noLongerFound = 0;
    std::size_t duplicates = 0;
    std::vector<std::string> warnings;
};

/// Brings the reports of one scan into a project: new findings are added, known ones keep their identity,
/// those that a complete scan does not report any more become "no longer found". All or nothing.
class FindingImport {
public:
    /// Reads the files; nothing is written yet. Throws Problem naming one that cannot be read.
    FindingImport(FindingStore& findings, const std::vector<std::string>& files);

    /// Once.
    ImportOutcome writeTo(const Project& project);

private:
    FindingStore& _findings;
    sarif::Report _report;
};

} // namespace aspm::host
