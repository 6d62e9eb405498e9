#pragma once

#include "outbox_row.hpp"

#include <cstdint>
#include <optional>
#include <set>
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

    /// Those of these issues that are a finding's ticket.
    std::set<std::string> linkedAmong(const std::string& organisation, const std::string& system,
                                      const std::vector<std::string>& issueIds);

    /// How many tickets are in another Jira than this one.
    std::int64_t countElsewhere(const std::string& organisation, const std::string& system);
    /// Those of them after this finding, in the order of the findings, at most limit.
    std::vector<TicketLink> elsewhere(const std::string& organisation, const std::string& system,
                                      const std::string& afterFinding, std::size_t limit);
    /// Writes where the tickets are now, and lets the host be told.
    void move(const std::vector<TicketLink>& links, std::int64_t nowMs);

    /// Writes what is shown of these tickets; a finding that is another ticket by now stays as it is. Not
    /// flushed: it is read from Jira again.
    void refresh(const std::vector<TicketLink>& links);

    /// Within the caller's transaction. A finding that has a link keeps it.
    static void add(Poco::Data::Session& session, const std::vector<TicketLink>& links);

private:
    Database& _database;
};

} // namespace jira_plugin::store
