#include "mapping_store.hpp"

#include "store/database.hpp"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <array>

namespace jira_plugin::mapping {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

const std::string selectMapping =
    "SELECT project, project_key, jira_project_id, jira_project_key, jira_project_name, issue_type_id, "
    "issue_type_name, assignee_id, assignee_name, extra_fields, system FROM project_mapping WHERE "
    "organisation = $1";

/// One row of project_mapping as the columns come.
struct Row {
    std::array<std::string, 11> c;

    ProjectMapping mapping() const {
        return {c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], readExtraFields(parseJsonObject(c[9])),
                c[10]};
    }
};

void bindRow(Statement& select, Row& row) {
    for (auto& column : row.c)
        select, into(column);
}

std::string ownSettings(Session& session, std::string organisation, std::string project) {
    std::string settings;
    Statement select(session);
    select << "SELECT settings FROM field_mapping WHERE organisation = $1 AND project = $2",
        use(organisation), use(project), into(settings), limit(1);
    return select.execute() == 1 ? settings : "{}";
}

FieldSettings readOwn(Session& session, const std::string& organisation, const std::string& project) {
    return readFieldSettings(parseJsonObject(ownSettings(session, organisation, project)));
}

void upsertMapping(Session& session, const std::string& organisation, const ProjectMapping& mapping,
                   const std::string& by, std::int64_t nowMs) {
    std::array<std::string, 13> v{organisation,
                                  mapping.project,
                                  mapping.projectKey,
                                  mapping.jiraProjectId,
                                  mapping.jiraProjectKey,
                                  mapping.jiraProjectName,
                                  mapping.issueTypeId,
                                  mapping.issueTypeName,
                                  mapping.assigneeId,
                                  mapping.assigneeName,
                                  extraFieldsText(mapping.extraFields),
                                  mapping.system,
                                  by};
    Statement upsert(session);
    upsert << "INSERT INTO project_mapping (organisation, project, project_key, jira_project_id, "
              "jira_project_key, jira_project_name, issue_type_id, issue_type_name, assignee_id, "
              "assignee_name, extra_fields, system, updated_by, updated_at_ms) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
              "ON CONFLICT (organisation, project) DO UPDATE SET project_key = excluded.project_key, "
              "jira_project_id = excluded.jira_project_id, jira_project_key = excluded.jira_project_key, "
              "jira_project_name = excluded.jira_project_name, issue_type_id = excluded.issue_type_id, "
              "issue_type_name = excluded.issue_type_name, assignee_id = excluded.assignee_id, "
              "assignee_name = excluded.assignee_name, extra_fields = excluded.extra_fields, "
              "system = excluded.system, updated_by = excluded.updated_by, updated_at_ms = "
              "excluded.updated_at_ms";
    for (auto& value : v)
        upsert, use(value);
    upsert, use(nowMs), now;
}

bool eraseMapping(Session& session, std::string organisation, std::string project) {
    Statement statement(session);
    statement << "DELETE FROM project_mapping WHERE organisation = $1 AND project = $2", use(organisation),
        use(project);
    return statement.execute() > 0;
}

} // namespace

std::optional<ProjectMapping> MappingStore::project(const std::string& organisation,
                                                    const std::string& project) {
    return _database.read([&](Session& session) -> std::optional<ProjectMapping> {
        std::string organisationId = organisation;
        std::string projectId = project;
        Row row;
        Statement select(session);
        select << selectMapping + " AND project = $2", use(organisationId), use(projectId), limit(1);
        bindRow(select, row);
        if (select.execute() == 0)
            return std::nullopt;
        return row.mapping();
    });
}

std::vector<ProjectMapping> MappingStore::projects(const std::string& organisation) {
    return _database.read([&](Session& session) {
        std::string organisationId = organisation;
        Row row;
        Statement select(session);
        select << selectMapping + " ORDER BY project_key, project", use(organisationId), range(0, 1);
        bindRow(select, row);
        std::vector<ProjectMapping> mappings;
        while (!select.done())
            if (select.execute() == 1)
                mappings.push_back(row.mapping());
        return mappings;
    });
}

void MappingStore::save(const std::string& organisation, const ProjectMapping& mapping, const std::string& by,
                        std::int64_t nowMs) {
    change(organisation, {mapping}, {}, by, nowMs);
}

void MappingStore::change(const std::string& organisation, const std::vector<ProjectMapping>& saved,
                          const std::vector<std::string>& removed, const std::string& by,
                          std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        for (const auto& mapping : saved)
            upsertMapping(session, organisation, mapping, by, nowMs);
        for (const auto& project : removed)
            eraseMapping(session, organisation, project);
    });
    tell(organisation);
}

bool MappingStore::remove(const std::string& organisation, const std::string& project) {
    const bool isErased =
        _database.transaction([&](Session& session) { return eraseMapping(session, organisation, project); });
    tell(organisation);
    return isErased;
}

FieldMapping MappingStore::fields(const std::string& organisation, const std::string& project) {
    return _database.read([&](Session& session) {
        FieldMapping mapping = apply(FieldMapping{}, readOwn(session, organisation, ""));
        return project.empty() ? mapping : apply(std::move(mapping), readOwn(session, organisation, project));
    });
}

FieldSettings MappingStore::fieldsOwn(const std::string& organisation, const std::string& project) {
    return _database.read([&](Session& session) { return readOwn(session, organisation, project); });
}

void MappingStore::saveFields(const std::string& organisation, const std::string& project,
                              const FieldSettings& settings, const std::string& by, std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        std::array<std::string, 4> v{organisation, project, jsonText(toJson(settings)), by};
        Statement upsert(session);
        upsert << "INSERT INTO field_mapping (organisation, project, settings, updated_by, updated_at_ms) "
                  "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation, project) DO UPDATE SET "
                  "settings = excluded.settings, updated_by = excluded.updated_by, "
                  "updated_at_ms = excluded.updated_at_ms";
        for (auto& value : v)
            upsert, use(value);
        upsert, use(nowMs), now;
    });
}

bool MappingStore::removeFields(const std::string& organisation, const std::string& project) {
    return _database.transaction([&](Session& session) {
        std::string organisationId = organisation;
        std::string projectId = project;
        Statement statement(session);
        statement << "DELETE FROM field_mapping WHERE organisation = $1 AND project = $2",
            use(organisationId), use(projectId);
        return statement.execute() > 0;
    });
}

} // namespace jira_plugin::mapping
