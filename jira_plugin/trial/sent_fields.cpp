#include "sent_fields.hpp"

#include "field_text.hpp"
#include "jira/json.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::trial {
namespace {

namespace json = jira::json;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

struct Known {
    const char* id;
    const char* name;
};
constexpr std::array<Known, 8> readingOrder{{{"summary", "Summary"},
                                             {"project", "Project"},
                                             {"issuetype", "Issue type"},
                                             {"priority", "Priority"},
                                             {"labels", "Labels"},
                                             {"assignee", "Assignee"},
                                             {"duedate", "Due date"},
                                             {"description", "Description"}}};

std::size_t placeOf(const std::string& id) {
    const auto found = std::find_if(readingOrder.begin(), readingOrder.end(),
                                    [&](const Known& known) { return id == known.id; });
    return static_cast<std::size_t>(found - readingOrder.begin());
}

/// The name of an allowed value in place of its id, also inside a list.
Var withNames(const Var& value, const jira::FieldMeta& field) {
    if (value.type() == typeid(Array::Ptr)) {
        Array::Ptr named = new Array;
        for (const Var& each : *value.extract<Array::Ptr>())
            named->add(withNames(each, field));
        return named;
    }
    if (value.type() != typeid(Object::Ptr))
        return value;
    const std::string id = json::text(value.extract<Object::Ptr>(), "id");
    for (const auto& allowed : field.allowedValues)
        if (!id.empty() && allowed.id == id)
            return allowed.name;
    return value;
}

std::string textFor(const std::string& id, const Var& value, const push::Rendered& rendered,
                    const jira::CreateScreen& screen) {
    if (id == "project")
        return rendered.project.jiraProjectName + " (" + rendered.project.jiraProjectKey + ")";
    if (id == "issuetype")
        return rendered.project.issueTypeName;
    if (id == "assignee" && !rendered.shown.assignee.empty())
        return rendered.shown.assignee;
    const auto field = screen.find(id);
    return fieldText(field == screen.end() ? value : withNames(value, field->second));
}

std::string nameFor(const std::string& id, const jira::CreateScreen& screen) {
    if (const auto place = placeOf(id); place < readingOrder.size())
        return readingOrder[place].name;
    const auto field = screen.find(id);
    return field == screen.end() || field->second.name.empty() ? id : field->second.name;
}

} // namespace

std::vector<SentField> sentFields(const std::string& body, const push::Rendered& rendered,
                                  const jira::CreateScreen& screen) {
    std::vector<SentField> fields;
    if (const auto members = json::object(json::parseObject(body), "fields"))
        for (const auto& [id, value] : *members)
            fields.push_back(
                {id, nameFor(id, screen), json::write(value), textFor(id, value, rendered, screen)});
    std::stable_sort(fields.begin(), fields.end(), [](const SentField& one, const SentField& other) {
        return placeOf(one.id) < placeOf(other.id);
    });
    return fields;
}

} // namespace jira_plugin::trial
