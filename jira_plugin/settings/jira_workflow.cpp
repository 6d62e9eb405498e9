#include "handlers.hpp"

#include "jira_reference.hpp"

#include <set>

/// What there is to choose of Jira's workflows.
namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

} // namespace

/// Of one issue type, or those that any type of the project has, each once.
Response listStatuses(Context& context) {
    const auto client = context.client();
    const auto project = jiraProject(*client, context.path("id"));
    const std::string type = context.query("issueType");
    std::set<std::string> listed;
    Array::Ptr statuses = new Array;
    for (const auto& each : client->workflowStatuses(project.id)) {
        if (!type.empty() && each.issueTypeId != type)
            continue;
        for (const auto& status : each.statuses) {
            if (!listed.insert(status.id).second)
                continue;
            Object::Ptr json = new Object;
            json->set("id", status.id);
            json->set("name", status.name);
            json->set("category", status.category);
            statuses->add(json);
        }
    }
    Object::Ptr json = new Object;
    json->set("statuses", statuses);
    return jsonResponse(200, json);
}

Response listResolutions(Context& context) {
    Array::Ptr resolutions = new Array;
    for (const auto& resolution : context.client()->workflow().resolutions()) {
        Object::Ptr each = new Object;
        each->set("id", resolution.id);
        each->set("name", resolution.name);
        resolutions->add(each);
    }
    Object::Ptr json = new Object;
    json->set("resolutions", resolutions);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
