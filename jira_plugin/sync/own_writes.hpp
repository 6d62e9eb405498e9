#pragma once

#include "contracts.hpp"
#include "outward_parts.hpp"

#include <functional>
#include <string>

namespace jira_plugin::sync {

/// OwnWrites over the record in the plugin's database.
class RecordedWrites : public OwnWrites {
public:
    /// Borrowed, outlives this.
    explicit RecordedWrites(store::Database& database) : _store(database) {}
    bool isWriting(const IssueId& issue) override;
    bool isOurComment(const IssueId& issue, const std::string& commentId) override;

private:
    store::OwnWriteStore _store;
};

/// The task was changed or taken from us while we worked on it: it is looked at anew.
struct Superseded {};

/// Writes to one ticket: nothing leaves before it is on record, nothing is sent twice before it was looked
/// for, and what came of it is remembered before the record is closed. Dying between any two steps is as good
/// as a lost answer. For one thread, under the lease of the ticket's tasks.
class TicketWriter {
public:
    /// All borrowed. lease: owner of the tasks' lease.
    TicketWriter(OutwardParts& parts, TicketSide side, IssueId issue, std::string lease);

    /// Reads the ticket; nothing when it is gone or hidden.
    std::optional<jira::IssueState> read();

    /// Looks what became of writes whose answers were lost. now: the ticket as it was just read; remembered
    /// when we moved it there, everything else that happened to it is still to be applied. False: something
    /// is in doubt until lookAgainAtMs.
    bool settle(const jira::IssueState& now, std::int64_t& lookAgainAtMs, std::int64_t lookups);

    /// Each sends once, re-reads the ticket and hands it to Inward; answers the ticket as it is then. Throw
    /// the types of jira/errors.hpp, Superseded, and std::runtime_error when other hosts count this one as
    /// dead.
    jira::IssueState transition(const store::OutwardTask& task, const jira::IssueState& now,
                                const jira::Transition& transition,
                                const std::map<std::string, std::string>& fields);
    jira::IssueState edit(const store::OutwardTask& task, const jira::IssueState& now,
                          const jira::IssueEdit& change, const store::SetFields& after);
    jira::IssueState comment(const store::OutwardTask& task, const jira::IssueState& now,
                             const mapping::Document& text);

private:
    store::OwnWrite begin(const store::OutwardTask& task, const char* kind, const std::string& value);
    void requirePresence(const store::OwnWrite& write);
    void send(store::OwnWrite& write, const std::function<void()>& request);
    jira::IssueState end(const store::OwnWrite& write, const jira::IssueState& before,
                         const std::string& category);
    bool hasArrived(store::OwnWrite& write, const jira::IssueState& now);

    OutwardParts& _parts;
    TicketSide _side;
    const IssueId _issue;
    const std::string _lease;
};

} // namespace jira_plugin::sync
