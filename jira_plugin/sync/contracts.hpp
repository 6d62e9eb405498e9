#pragma once

#include "host/finding.hpp"
#include "jira/issue_state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the parts of the sync are to each other. Each knows the others by these alone.
namespace jira_plugin::sync {

/// An issue by the identity that survives a move.
struct IssueId {
    std::string organisation;
    std::string system; ///< identity of the Jira
    std::string id;     ///< numeric issue id
};

/// Why an issue cannot be read any more.
enum class Gone { Deleted, Hidden };

/// Where knowledge of an issue came from, for the timeline.
struct Hint {
    enum class Source { Webhook, Reconciliation, Repair };
    Source source = Source::Webhook;
    std::string actor;     ///< who did it in Jira, for people; may be empty
    std::int64_t atMs = 0; ///< when it happened in Jira; 0: not known
};

/// One difference between a ticket and its finding, with what was done about it.
struct Drift {
    std::string finding;
    std::string issueKey;
    std::string what; ///< "status", "key", "priority", "comment", ...
    std::string inJira;
    std::string here;
    std::string done; ///< for people
};

/// From Jira. Applying is idempotent: what is known already changes nothing, an older state never overrides a
/// newer one. Serialised for each issue. Safe from any thread.
class Inward {
public:
    virtual ~Inward() = default;
    /// An issue as it was just read. Answers what differed.
    virtual std::vector<Drift> apply(const IssueId& issue, const jira::IssueState& now, const Hint& hint) = 0;
    virtual std::vector<Drift> applyGone(const IssueId& issue, Gone how, const Hint& hint) = 0;
    /// Reads the comments of an issue and brings the timelines into line.
    virtual std::vector<Drift> applyComments(const IssueId& issue, const Hint& hint) = 0;
    /// We made it so: remembered without any effect, so that hearing of it later changes nothing.
    virtual void remember(const IssueId& issue, const jira::IssueState& now) = 0;
};

/// What we wrote or are writing, by our own record of it. Safe from any thread.
class OwnWrites {
public:
    virtual ~OwnWrites() = default;
    /// A write to this issue is under way or in doubt: what Jira says of it now may be our own doing.
    virtual bool isWriting(const IssueId& issue) = 0;
    virtual bool isOurComment(const IssueId& issue, const std::string& commentId) = 0;
};

/// To Jira. Safe from any thread.
class Outward {
public:
    virtual ~Outward() = default;
    /// Makes what follows from a change durable; nothing goes to Jira yet. May be told twice and out of
    /// order.
    virtual void findingChanged(const host::FindingChange& change) = 0;
    /// Compares a finding with its ticket by the rules; what must be written is queued.
    virtual std::vector<Drift> align(const host::Finding& finding, const IssueId& issue,
                                     const jira::IssueState& now) = 0;
};

} // namespace jira_plugin::sync
