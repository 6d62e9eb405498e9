#pragma once

#include "test_ticket.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::trial {

/// The test tickets of all organisations. Safe from any thread and from several processes; all functions
/// throw store::StoreError.
class TestTicketStore {
public:
    /// database: borrowed, outlives this.
    explicit TestTicketStore(store::Database& database) : _database(database) {}

    /// Writes down that it is about to be sent. False, and nothing is written, while another one of this
    /// project is on its way or in doubt.
    bool begin(const TestTicket& ticket);
    /// Nothing leads back from deleted, so that a host that was taken for dead meanwhile changes nothing.
    void update(const TestTicket& ticket);

    std::optional<TestTicket> find(const std::string& organisation, const std::string& id);
    /// The latest one of each project, in the order of the projects' keys.
    std::vector<TestTicket> latest(const std::string& organisation);

    /// What processes were sending that are dead is in doubt.
    void doubtAbandoned();

private:
    store::Database& _database;
};

} // namespace jira_plugin::trial
