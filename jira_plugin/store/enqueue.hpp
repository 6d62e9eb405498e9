#pragma once

#include "outbox_row.hpp"

#include <optional>
#include <string>

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

/// Puts findings into the outbox, many in one transaction of the caller's: statements are prepared once.
/// Lives within that transaction, on one thread. Throws Poco::Data exceptions.
class Enqueue {
public:
    Enqueue(Poco::Data::Session& session, std::string organisation);

    std::optional<OutboxRow> find(const std::string& finding);
    /// row.organisation is this organisation; there is no row of this finding yet.
    void add(const OutboxRow& row, const std::string& snapshot);
    /// Makes a parked row due again with the finding as it is now.
    void renew(const OutboxRow& row, const std::string& snapshot);

private:
    Poco::Data::Session& _session;
    const std::string _organisation;
    OutboxRow _row;
    std::string _snapshot;
    std::int64_t _severity = 0;
    std::vector<OutboxRow> _found;
    Poco::Data::Statement _find;
    Poco::Data::Statement _insert;
    Poco::Data::Statement _insertSnapshot;
};

} // namespace jira_plugin::store
