#include "handlers.hpp"

#include "mapping/settings_json.hpp"
#include "mapping_check.hpp"
#include "problems_json.hpp"

#include <map>

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr withMapping(const mapping::ProjectMapping& mapping, const std::vector<FieldProblem>& warnings) {
    Object::Ptr json = new Object;
    json->set("mapping", mapping::toJson(mapping));
    json->set("warnings", problemsJson(warnings));
    return json;
}

mapping::ProjectMapping storedMapping(Context& context, const host::Project& project) {
    if (auto mapping = context.parts.mappings.project(context.organisation(), project.id))
        return *mapping;
    throw ApiProblem(404, "not_mapped", "The project " + project.key + " is not mapped to a Jira project.",
                     "Send its mapping with PUT to this address.");
}

} // namespace

Response listProjects(Context& context) {
    std::map<std::string, mapping::ProjectMapping> mappings;
    for (auto& mapping : context.parts.mappings.projects(context.organisation()))
        mappings[mapping.project] = std::move(mapping);
    const auto status = context.parts.connection.status(context.organisation());
    Array::Ptr projects = new Array;
    for (const auto& project : context.parts.host.directory.projects(context.organisation())) {
        const auto mapping = mappings.find(project.id);
        Object::Ptr each = new Object;
        each->set("id", project.id);
        each->set("key", project.key);
        each->set("name", project.name);
        each->set("mayEdit", context.mayEdit(project.id));
        each->set("mapping", mapping == mappings.end() ? Var() : Var(mapping::toJson(mapping->second)));
        each->set("mappedElsewhere", mapping != mappings.end() && mapping->second.isOfAnother(status.siteId));
        projects->add(each);
    }
    Object::Ptr json = new Object;
    json->set("projects", projects);
    return jsonResponse(200, json);
}

Response showMapping(Context& context) {
    const auto project = context.project();
    const auto mapping = storedMapping(context, project);
    const std::string check = context.query("check");
    if (!check.empty() && check != "true" && check != "false")
        throw ApiProblem(400, "invalid_request", "'check' must be true or false.",
                         "Correct the query parameter.", "check");
    Object::Ptr json = new Object;
    json->set("mapping", mapping::toJson(mapping));
    if (check == "true") {
        const auto fields = context.parts.mappings.fields(context.organisation(), project.id);
        const auto checked = checkMapping(*context.client(), requestOf(mapping), fields);
        json->set("problems", problemsJson(checked.problems));
        json->set("warnings", problemsJson(checked.warnings));
    }
    return jsonResponse(200, json);
}

Response saveMapping(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    const auto request = mapping::readMappingRequest(context.body());
    const auto fields = context.parts.mappings.fields(context.organisation(), project.id);
    CheckedMapping checked = checkMapping(*context.client(), request, fields);
    if (!checked.problems.empty())
        throw ApiProblem::invalid(checked.problems);

    checked.mapping.project = project.id;
    checked.mapping.projectKey = project.key;
    context.parts.mappings.save(context.organisation(), checked.mapping, context.who.user,
                                context.parts.host.clock.nowMs());
    context.parts.metadata.dropScreen(context.organisation(), checked.mapping.jiraProjectId,
                                      checked.mapping.issueTypeId);
    context.audit("jira.mapping.saved", project.id, mapping::toJson(checked.mapping));
    context.parts.pushes.mappingChanged(context.organisation(), project.id);
    return jsonResponse(200, withMapping(checked.mapping, checked.warnings));
}

Response removeMapping(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    storedMapping(context, project);
    context.parts.mappings.remove(context.organisation(), project.id);
    context.audit("jira.mapping.removed", project.id);
    return {204, {{"Cache-Control", "no-store"}}, ""};
}

} // namespace jira_plugin::settings
