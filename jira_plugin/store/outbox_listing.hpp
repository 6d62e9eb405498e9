#pragma once

#include "outbox_row.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {

class Database;

/// A push as a listing shows it.
struct ListedPush {
    OutboxRow row;
    std::optional<TicketLink> link;
};

/// Reads the outbox for people. Safe from any thread. Throws StoreError.
class OutboxListing {
public:
    explicit OutboxListing(Database& database) : _database(database) {}

    /// Rows by state; states without rows are missing.
    std::map<OutboxState, std::int64_t> counts(const std::string& organisation);

    /// Empty members do not restrict.
    struct Filter {
        std::optional<OutboxState> state;
        std::string project;
        std::string cause;
        std::string text;  ///< part of the title or of the ticket's key
        std::string after; ///< `next` of the page before; empty: from the newest
        std::int64_t limit = 50;
    };
    struct Listing {
        std::vector<ListedPush> pushes; ///< the latest change first
        std::string next;               ///< empty on the last page
    };
    /// Throws std::invalid_argument for an `after` that is none.
    Listing list(const std::string& organisation, const Filter& filter);

    /// What stands parked or waits for the same reason.
    struct CauseCount {
        std::string cause;
        OutboxState state = OutboxState::Parked;
        std::string message; ///< of one of them
        std::string remedy;
        std::int64_t count = 0;
    };
    std::vector<CauseCount> causes(const std::string& organisation);

private:
    Database& _database;
};

} // namespace jira_plugin::store
