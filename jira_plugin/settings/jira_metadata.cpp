#include "handlers.hpp"

#include "connection/connection_store.hpp"

#include "field_json.hpp"
#include "jira_reference.hpp"
#include "mapping/priority.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr int projectsPerPage = 50;
constexpr int peoplePerPage = 50;

Var numberOrNull(std::int64_t number) {
    return number < 0 ? Var() : Var(number);
}

/// The priority that each severity becomes where nothing is configured.
Object::Ptr suggestionsJson(const std::vector<jira::AllowedValue>& priorities) {
    Object::Ptr json = new Object;
    for (int i = host::severityCount - 1; i >= 0; --i) {
        const auto severity = static_cast<host::Severity>(i);
        json->set(host::toString(severity),
                  nullIfEmpty(mapping::choosePriority(severity, "", priorities).id.value_or("")));
    }
    return json;
}

Var noProjectsNotice(const jira::Page<jira::ProjectRef>& page, const std::string& query,
                     std::int64_t startAt) {
    if (!page.values.empty() || !query.empty() || startAt > 0)
        return {};
    Object::Ptr notice = new Object;
    notice->set("message", "No Jira projects found.");
    notice->set("remedy",
                "The connected Jira account may not create issues in any project. Ask your Jira admin to "
                "give it the permission Create Issues in a project, or connect with another account.");
    return notice;
}

} // namespace

Response listJiraProjects(Context& context) {
    const std::string query = context.query("query");
    const std::int64_t startAt = context.queryNumber("startAt", 0, 0, 1'000'000);
    const auto page = context.client()->projects(query, startAt, projectsPerPage);
    Array::Ptr projects = new Array;
    for (const auto& project : page.values) {
        Object::Ptr each = new Object;
        each->set("id", project.id);
        each->set("key", project.key);
        each->set("name", project.name);
        each->set("teamManaged", project.teamManaged);
        projects->add(each);
    }
    Object::Ptr json = new Object;
    json->set("projects", projects);
    json->set("next", numberOrNull(page.next));
    json->set("total", numberOrNull(page.total));
    json->set("notice", noProjectsNotice(page, query, startAt));
    return jsonResponse(200, json);
}

Response listIssueTypes(Context& context) {
    const auto client = context.client();
    const auto project = jiraProject(*client, context.path("id"));
    Array::Ptr types = new Array;
    for (const auto& type : client->issueTypes(project.id)) {
        Object::Ptr each = new Object;
        each->set("id", type.id);
        each->set("name", type.name);
        each->set("subtask", type.subtask);
        types->add(each);
    }
    Object::Ptr json = new Object;
    json->set("issueTypes", types);
    return jsonResponse(200, json);
}

Response showCreateScreen(Context& context) {
    const auto client = context.client();
    const auto project = jiraProject(*client, context.path("id"));
    const auto type = issueType(*client, project, context.path("typeId"));
    const auto screen =
        context.parts.metadata.createScreen(context.organisation(), *client, project.id, type.id);
    Array::Ptr fields = new Array;
    std::vector<jira::AllowedValue> priorities;
    for (const auto& [id, field] : *screen) {
        fields->add(fieldJson(field));
        if (id == "priority")
            priorities = field.allowedValues;
    }
    Object::Ptr json = new Object;
    json->set("fields", fields);
    json->set("priorities", valuesJson(priorities));
    json->set("suggestedPriorities", suggestionsJson(priorities));
    return jsonResponse(200, json);
}

Response listAssignableUsers(Context& context) {
    const auto client = context.client();
    const auto project = jiraProject(*client, context.path("id"));
    const bool byName =
        context.parts.connection.status(context.organisation()).deployment == connection::serverDeployment;
    Array::Ptr users = new Array;
    for (const auto& user : client->assignableUsers(project.key, context.query("query"), peoplePerPage)) {
        Object::Ptr each = new Object;
        each->set("accountId", user.accountId);
        each->set("name", user.displayName);
        each->set("email", nullIfEmpty(user.email));
        each->set("username", byName ? Poco::Dynamic::Var(user.accountId) : Poco::Dynamic::Var());
        users->add(each);
    }
    Object::Ptr json = new Object;
    json->set("users", users);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
