#pragma once

#include "enqueue.hpp"
#include "field_store.hpp"
#include "outbox_row.hpp"
#include "outward_store.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::store {

class Database;

/// A link that a person asks for.
struct HandLink {
    TicketLink link;
    NewRow row;       ///< for a finding that was never pushed
    SeenFinding seen; ///< older changes of the finding are none of the ticket's
    SetFields fields; ///< noted of a ticket of which nothing is known
};

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
    Outcome mayLink(const HandLink& asked);
    Outcome link(const HandLink& asked, std::int64_t nowMs);

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
