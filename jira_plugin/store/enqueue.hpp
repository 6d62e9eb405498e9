#pragma once

#include "outbox_row.hpp"

#include <map>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

/// Putting findings into the outbox, many at a time, within a transaction of the caller's. Throws Poco::Data
/// exceptions.
namespace jira_plugin::store {

/// A row to be, with the finding as it is now.
struct NewRow {
    OutboxRow row;
    std::string snapshot;
};

/// Which of these findings have a row, by finding.
std::map<std::string, OutboxRow> findRows(Poco::Data::Session& session, const std::string& organisation,
                                          const std::vector<std::string>& findings);

/// Queues findings that have no row yet.
void addRows(Poco::Data::Session& session, const std::string& organisation, const std::vector<NewRow>& rows);

/// Makes a parked row due again with the finding as it is now.
void renewRow(Poco::Data::Session& session, const std::string& organisation, const NewRow& renewed);

} // namespace jira_plugin::store
