#pragma once

#include "enqueue.hpp"
#include "outbox_row.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::store {

class Database;
struct SeenFinding;

/// Links that people make and undo, together with the outbox row that keeps a finding from getting a second
/// ticket. Safe from any thread. Throws StoreError.
class HandLinkStore {
public:
    explicit HandLinkStore(Database& database) : _database(database) {}

    enum class Outcome {
        Done,
        AlreadyLinked, ///< to another ticket
        UnderWay       ///< a ticket is being created, or may have been
    };
    /// What `link` would answer now.
    Outcome mayLink(const NewRow& row, const TicketLink& link);
    /// row: for a finding that was never pushed. The fields of the ticket are noted as other people's, and
    /// older changes of the finding than `seen` are none of the ticket's.
    Outcome link(const NewRow& row, const TicketLink& link, const SeenFinding& seen, std::int64_t nowMs);

    /// Remembers the ticket as a former one; the finding may then be pushed as if it never had been. Answers
    /// the ticket that it was, nothing when there was none.
    std::optional<TicketLink> unlink(const std::string& organisation, const std::string& finding,
                                     std::int64_t nowMs);

    /// Unlinks and queues anew in one step. Done also when that was asked for before.
    Outcome queueAgain(const NewRow& row, std::int64_t nowMs);

    /// Of these findings' former tickets, "finding issue-id".
    std::set<std::string> formers(const std::string& organisation, const std::string& system,
                                  const std::vector<std::string>& findings);
    bool isFormer(const std::string& organisation, const std::string& system, const std::string& finding,
                  const std::string& issueId) {
        return formers(organisation, system, {finding}).count(formerKey(finding, issueId)) != 0;
    }
    static std::string formerKey(const std::string& finding, const std::string& issueId) {
        return finding + " " + issueId;
    }

private:
    Database& _database;
};

} // namespace jira_plugin::store
