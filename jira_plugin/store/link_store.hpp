#pragma once

#include "outbox_row.hpp"

#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace jira_plugin::store {

class Database;

/// Which finding is which ticket. Safe from any thread. Throws StoreError.
class LinkStore {
public:
    explicit LinkStore(Database& database) : _database(database) {}

    std::optional<TicketLink> find(const std::string& organisation, const std::string& finding);

    /// The findings that are this ticket, by the identity that survives a move.
    std::vector<TicketLink> findByIssue(const std::string& organisation, const std::string& system,
                                        const std::string& issueId);

    /// Within the caller's transaction. A finding that has a link keeps it.
    static void add(Poco::Data::Session& session, const std::vector<TicketLink>& links);

private:
    Database& _database;
};

} // namespace jira_plugin::store
