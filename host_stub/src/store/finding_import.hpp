#pragma once

#include <string>
#include <vector>

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
    explicit FindingImport(FindingStore& findings) : _findings(findings) {}

    /// Reads the files first, so that an unreadable one changes nothing. Throws Problem naming the file.
    ImportOutcome run(const Project& project, const std::vector<std::string>& files);

private:
    FindingStore& _findings;
};

} // namespace aspm::host
