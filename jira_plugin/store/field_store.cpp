#include "field_store.hpp"

#include "database.hpp"
#include "row_batch.hpp"

#include <cstdint>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

SetFields FieldStore::find(const std::string& organisation, const std::string& system,
                           const std::string& issueId) {
    return _database.read([&](Session& session) {
        std::vector<std::string> names, values;
        std::vector<std::int64_t> ended;
        session << "SELECT field, value, ended FROM issue_field WHERE organisation = $1 AND system = $2 AND "
                   "issue_id = $3",
            bind(organisation), bind(system), bind(issueId), into(names), into(values), into(ended), now;
        SetFields fields;
        for (std::size_t i = 0; i < names.size(); ++i)
            fields[names[i]] = {values[i], ended[i] != 0};
        return fields;
    });
}

void FieldStore::put(const std::string& organisation, const std::string& system, const std::string& issueId,
                     const SetFields& fields) {
    if (!fields.empty())
        _database.transaction([&](Session& session) { put(session, organisation, system, issueId, fields); });
}

void FieldStore::put(Session& session, const std::string& organisation, const std::string& system,
                     const std::string& issueId, const SetFields& fields) {
    if (fields.empty())
        return;
    std::vector<std::string> organisations(fields.size(), organisation), systems(fields.size(), system),
        issues(fields.size(), issueId), names, values;
    std::vector<std::int64_t> ended;
    for (const auto& [name, field] : fields) {
        names.push_back(name);
        values.push_back(field.value);
        ended.push_back(field.ended ? 1 : 0);
    }
    executeRows(
        session,
        "INSERT INTO issue_field (organisation, system, issue_id, field, value, ended) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation, system, issue_id, field) DO UPDATE "
        "SET value = excluded.value, ended = excluded.ended",
        organisations, systems, issues, names, values, ended);
}

} // namespace jira_plugin::store
