#include "field_text.hpp"

#include "adf_meaning.hpp"
#include "jira/json.hpp"
#include "mapping/text.hpp"

namespace jira_plugin::trial {
namespace {

namespace json = jira::json;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t maxUnits = 4000;

std::string textOf(const Var& value);

std::string objectText(const Object::Ptr& object) {
    if (isDocument(object))
        return documentText(object);
    if (object->has("key") && object->has("name"))
        return json::text(object, "name") + " (" + json::text(object, "key") + ")";
    for (const char* name : {"displayName", "name", "value", "key", "id", "accountId", "groupId"})
        if (const std::string text = json::text(object, name); !text.empty()) {
            const auto child = json::object(object, "child");
            return child ? text + " / " + objectText(child) : text;
        }
    return json::write(object);
}

std::string listText(const Array::Ptr& list) {
    std::string text;
    for (const Var& each : *list)
        text += (text.empty() ? "" : ", ") + textOf(each);
    return text;
}

std::string textOf(const Var& value) {
    if (value.type() == typeid(Object::Ptr))
        return objectText(value.extract<Object::Ptr>());
    if (value.type() == typeid(Array::Ptr))
        return listText(value.extract<Array::Ptr>());
    if (value.isBoolean())
        return value.convert<bool>() ? "yes" : "no";
    return json::textOf(value);
}

} // namespace

std::string fieldText(const Var& value) {
    return mapping::cutText(mapping::cleanText(textOf(value)), maxUnits);
}

} // namespace jira_plugin::trial
