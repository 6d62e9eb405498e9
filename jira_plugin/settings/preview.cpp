#include "handlers.hpp"

#include "jira/errors.hpp"
#include "mapping/description.hpp"
#include "mapping/draft_builder.hpp"
#include "mapping/json_reader.hpp"
#include "mapping/settings_json.hpp"
#include "mapping_check.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t payloadDepth = 64;

/// The stored mappings with what the request wants to try out in their place.
class TriedMappings : public push::MappingSource {
public:
    explicit TriedMappings(mapping::MappingStore& store) : _store(store) {}

    std::optional<mapping::ProjectMapping> triedProject;
    mapping::FieldSettings triedFields;

    std::optional<mapping::ProjectMapping> project(const std::string& organisation,
                                                   const std::string& project) override {
        return triedProject ? triedProject : _store.project(organisation, project);
    }
    mapping::FieldMapping fields(const std::string& organisation, const std::string& project) override {
        return apply(_store.fields(organisation, project), triedFields);
    }

private:
    mapping::MappingStore& _store;
};

Array::Ptr stringsJson(const std::vector<std::string>& strings) {
    Array::Ptr json = new Array;
    for (const auto& text : strings)
        json->add(text);
    return json;
}

/// The description as text, one line per block.
std::string descriptionText(const mapping::Document& document) {
    std::string text;
    for (const auto& block : mapping::plainDescription(document).blocks)
        for (const auto& span : block.spans)
            text += (text.empty() ? "" : "\n") + span.text;
    return text;
}

Object::Ptr ticketJson(const push::Rendered& rendered) {
    const auto& draft = rendered.draft;
    Object::Ptr json = new Object;
    json->set("project", rendered.project.jiraProjectKey);
    json->set("issueType", rendered.project.issueTypeName);
    json->set("summary", draft.summary);
    json->set("description", draft.description ? Var(descriptionText(*draft.description)) : Var());
    json->set("priority", nullIfEmpty(rendered.shown.priority));
    json->set("labels", stringsJson(draft.labels));
    json->set("assignee", nullIfEmpty(rendered.shown.assignee));
    json->set("dueDate", nullIfEmpty(draft.dueDate.value_or("")));
    json->set("extraFields", mapping::parseJsonObject(mapping::extraFieldsText(draft.extraFields)));
    return json;
}

Object::Ptr problemJson(const std::string& code, const std::string& message, const std::string& remedy) {
    Object::Ptr json = new Object;
    json->set("code", code);
    json->set("message", message);
    json->set("remedy", remedy);
    return json;
}

/// Everything that decides on the ticket, read from the request.
host::Finding readRequest(Context& context, TriedMappings& mappings) {
    mapping::JsonReader reader(context.body());
    const std::string id = reader.string("finding", 255).value_or("");
    const auto mappingJson = reader.object("mapping");
    const auto fieldsJson = reader.object("fieldMapping");
    reader.finish();
    if (id.empty())
        throw mapping::SettingsProblem("finding", "'finding' is required: the id of a finding.");
    auto finding = context.parts.host.findings.get(context.organisation(), id);
    if (!finding)
        throw notFound("finding '" + id + "'");
    if (fieldsJson)
        mappings.triedFields = mapping::readFieldSettings(fieldsJson);
    if (mappingJson) {
        const auto request = mapping::readMappingRequest(mappingJson);
        const auto fields = mappings.fields(context.organisation(), finding->project);
        CheckedMapping checked = checkMapping(*context.client(), request, fields);
        if (!checked.problems.empty())
            throw ApiProblem::invalid(checked.problems);
        checked.mapping.project = finding->project;
        checked.mapping.projectKey = finding->projectKey;
        mappings.triedProject = std::move(checked.mapping);
    }
    return *std::move(finding);
}

} // namespace

Response previewTicket(Context& context) {
    TriedMappings mappings(context.parts.mappings);
    const host::Finding finding = readRequest(context, mappings);
    Array::Ptr notes = new Array;
    Array::Ptr problems = new Array;
    Object::Ptr json = new Object;
    json->set("finding", finding.id);
    json->set("ticket", Var());
    json->set("payload", Var());
    try {
        const auto client = context.client();
        const push::Rendered rendered = context.parts.pushes.render(finding, mappings, *client);
        json->set("ticket", ticketJson(rendered));
        json->set("payload", mapping::parseJson(client->renderCreate(rendered.draft), payloadDepth));
        for (const auto& note : rendered.notes)
            notes->add(note.text);
    } catch (const mapping::MappingProblem& e) {
        problems->add(problemJson(e.cause(), e.what(), e.remedy()));
        for (const auto& other : e.others())
            problems->add(problemJson(other.cause(), other.what(), other.remedy()));
    }
    json->set("notes", notes);
    json->set("problems", problems);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
