#include "rest_workflow.hpp"

#include "json.hpp"
#include "json_writing.hpp"
#include "read_metadata.hpp"

namespace jira_plugin::jira {
namespace {

std::string pathOf(const std::string& issueId) {
    return "/issue/" + segment(issueId) + "/transitions";
}

/// The fields of a transition's screen are an object by field id, which does not always repeat the id inside.
CreateScreen readScreen(const Poco::JSON::Object::Ptr& fields) {
    CreateScreen screen;
    if (!fields) {
        return screen;
    }
    for (const auto& id : fields->getNames()) {
        FieldMeta field = readField(json::object(fields, id));
        field.fieldId = id;
        screen[id] = std::move(field);
    }
    return screen;
}

Transition readTransition(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "name"), readStatus(json::object(object, "to")),
            readScreen(json::object(object, "fields"))};
}

std::string bodyOf(const std::string& transitionId, const std::map<std::string, std::string>& fields) {
    std::string members;
    for (const auto& [id, value] : fields) {
        json::appendElement(members, json::quoted(id) + ":" + value);
    }
    return "{\"transition\":{\"id\":" + json::quoted(transitionId) + "}" +
           (members.empty() ? "" : ",\"fields\":{" + members + "}") + "}";
}

} // namespace

std::vector<Transition> RestWorkflow::transitions(const std::string& issueId) {
    CallRequest request;
    request.path = pathOf(issueId) + queryString({{"expand", "transitions.fields"}});
    request.what = "see how " + issueId + " can move on";
    RestCall& jira = _dialect.call();
    const auto found = json::array(jira.object(request), "transitions");
    if (!found) {
        jira.throwUnreadable(request);
    }
    std::vector<Transition> all;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const auto object = json::objectAt(found, i);
        if (!json::text(object, "id").empty() && json::flag(object, "isAvailable", true)) {
            all.push_back(readTransition(object));
        }
    }
    return all;
}

void RestWorkflow::transition(const std::string& issueId, const std::string& transitionId,
                              const std::map<std::string, std::string>& fields) {
    CallRequest request;
    request.method = "POST";
    request.path = pathOf(issueId);
    request.body = bodyOf(transitionId, fields);
    request.what = "move " + issueId + " on";
    request.scope = "write:jira-work";
    request.effect = Effect::Changes;
    request.topic = Topic::Transition;
    _dialect.call().send(request);
}

std::vector<Resolution> RestWorkflow::resolutions() {
    CallRequest request;
    request.path = "/resolution";
    request.what = "list the resolutions";
    const auto found = _dialect.call().array(request);
    std::vector<Resolution> all;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const auto object = json::objectAt(found, i);
        if (Resolution resolution{json::text(object, "id"), json::text(object, "name")};
            !resolution.id.empty()) {
            all.push_back(std::move(resolution));
        }
    }
    return all;
}

} // namespace jira_plugin::jira
