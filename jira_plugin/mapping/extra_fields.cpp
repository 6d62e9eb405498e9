#include "extra_fields.hpp"

#include "json_reader.hpp"
#include "text.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Stringifier.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <stdexcept>

namespace jira_plugin::mapping {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t namedOptions = 12;

[[noreturn]] void refuse(const jira::FieldMeta& field, const std::string& expected) {
    throw std::invalid_argument("'" + field.name + "' takes " + expected + ".");
}

std::string listOptions(const jira::FieldMeta& field) {
    std::string list;
    for (std::size_t i = 0; i < field.allowedValues.size() && i < namedOptions; ++i)
        list += (i == 0 ? "" : ", ") + field.allowedValues[i].name;
    return field.allowedValues.size() > namedOptions ? list + ", ..." : list;
}

/// What an option is called in a value: {"id"}, {"value"}, {"name"}, or the bare word.
std::string optionWord(const Var& value) {
    if (value.isString())
        return value.extract<std::string>();
    if (value.type() != typeid(Object::Ptr))
        return {};
    const auto& object = value.extract<Object::Ptr>();
    for (const char* member : {"id", "value", "name"})
        if (object->has(member) && object->get(member).isString())
            return object->getValue<std::string>(member);
    return {};
}

Var option(const jira::FieldMeta& field, const Var& value) {
    const std::string word = optionWord(value);
    const auto isMeant = [&word](const jira::AllowedValue& allowed) {
        return allowed.id == word || lowerAscii(allowed.name) == lowerAscii(word);
    };
    const auto found = std::find_if(field.allowedValues.begin(), field.allowedValues.end(), isMeant);
    if (word.empty() || found == field.allowedValues.end())
        refuse(field, "one of its options: " + listOptions(field));
    Object::Ptr out = new Object;
    out->set("id", found->id);
    // A cascading select carries its second choice below the first; Jira checks it.
    if (field.type == "option-with-child" && value.type() == typeid(Object::Ptr))
        if (const auto child = value.extract<Object::Ptr>()->getObject("child"))
            out->set("child", child);
    return out;
}

Var user(const jira::FieldMeta& field, const Var& value) {
    std::string id = value.isString() ? value.extract<std::string>() : "";
    if (value.type() == typeid(Object::Ptr))
        id = value.extract<Object::Ptr>()->optValue<std::string>("accountId", "");
    if (id.empty())
        refuse(field, "a person as {\"accountId\": \"...\"}");
    Object::Ptr out = new Object;
    out->set("accountId", id);
    return out;
}

bool isDate(const std::string& text) {
    constexpr const char* shape = "dddd-dd-dd";
    if (text.size() != 10)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == 'd' ? !std::isdigit(static_cast<unsigned char>(text[i])) : text[i] != '-')
            return false;
    return true;
}

Var text(const jira::FieldMeta& field, const Var& value) {
    if (!value.isString() || oneLine(value.extract<std::string>()).empty())
        refuse(field, field.type == "date" ? "a date as yyyy-MM-dd" : "a text");
    const std::string clean = cleanText(value.extract<std::string>());
    if (field.type == "date" && !isDate(clean))
        refuse(field, "a date as yyyy-MM-dd");
    return clean;
}

Var single(const jira::FieldMeta& field, const std::string& type, const Var& value) {
    if (!field.allowedValues.empty())
        return option(field, value);
    if (type == "number") {
        if (!value.isNumeric() || value.isBoolean() || value.isString())
            refuse(field, "a number");
        return value;
    }
    if (type == "user")
        return user(field, value);
    if (type == "string" || type == "date" || type == "datetime")
        return text(field, value);
    return value; // a kind that an app brought: Jira checks it
}

Var several(const jira::FieldMeta& field, const Var& value) {
    if (value.type() != typeid(Array::Ptr))
        refuse(field, "a list");
    const auto& given = value.extract<Array::Ptr>();
    if (given->size() == 0)
        refuse(field, "a list of at least one value");
    Array::Ptr out = new Array;
    for (std::size_t i = 0; i < given->size(); ++i)
        out->add(single(field, field.items, given->get(static_cast<unsigned>(i))));
    return out;
}

} // namespace

bool isOwnField(const std::string& fieldId) {
    static constexpr std::array<const char*, 8> own{"project",  "issuetype", "summary", "description",
                                                    "priority", "labels",    "duedate", "assignee"};
    return std::find(own.begin(), own.end(), fieldId) != own.end();
}

bool needsValue(const jira::FieldMeta& field) {
    return field.required && !field.hasDefaultValue && !isOwnField(field.fieldId) &&
           field.fieldId != "reporter";
}

bool isRichText(const jira::FieldMeta& field) {
    static const std::string kind = ":textarea";
    return field.fieldId == "environment" ||
           (field.custom.size() > kind.size() &&
            field.custom.compare(field.custom.size() - kind.size(), kind.size(), kind) == 0);
}

std::string normaliseFieldValue(const jira::FieldMeta& field, const std::string& json) {
    const Var value = parseJson(json);
    if (value.isEmpty())
        refuse(field, "a value");
    const Var normal = field.type == "array" ? several(field, value) : single(field, field.type, value);
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(normal, out);
    return out.str();
}

} // namespace jira_plugin::mapping
