#pragma once

#include "contracts.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// What a comparison of linked tickets with Jira found. The counts are exact; the lists hold the first
/// `listLimit`.
struct ReconciliationReport {
    static constexpr std::size_t listLimit = 200;
    enum class State { Running, Done, Failed };

    /// A ticket with one of our labels that no finding has.
    struct Orphan {
        std::string issueKey;
        std::string url;
        std::string summary; ///< Jira's text
    };
    /// A second ticket with the label of a finding.
    struct Double {
        std::string finding;
        std::string issueKey; ///< the finding's own
        std::string otherKey;
        std::string otherUrl;
    };

    State state = State::Running;
    std::string reason;   ///< "daily", "repair", "asked"
    std::string by;       ///< user id; empty: by itself
    std::string problem;  ///< Failed: why
    std::string remedy;   ///< Failed: what to do
    std::string progress; ///< Running: for people
    std::int64_t startedAtMs = 0;
    std::int64_t finishedAtMs = 0; ///< 0: not yet
    std::int64_t sinceMs = 0;      ///< changes since then were looked for; 0: all
    std::int64_t checked = 0;      ///< issues
    std::int64_t changed = 0;      ///< of them, that had changed in Jira since
    std::int64_t gone = 0;         ///< of them, that cannot be read any more
    std::int64_t drifted = 0;      ///< differences, each is one row
    std::int64_t orphanCount = 0;
    std::int64_t doubleCount = 0;
    std::int64_t requests = 0; ///< to Jira, without those that mended something
    std::vector<Drift> rows;
    std::vector<Orphan> orphans;
    std::vector<Double> doubles;
};

/// "running", "done", "failed"
const char* toString(ReconciliationReport::State state);

} // namespace jira_plugin::sync
