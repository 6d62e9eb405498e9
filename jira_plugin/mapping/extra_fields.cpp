#include "extra_fields.hpp"

#include "date_value.hpp"
#include "field_kind.hpp"
#include "json_reader.hpp"
#include "link.hpp"
#include "text.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace jira_plugin::mapping {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using Options = std::vector<jira::AllowedValue>;
constexpr std::size_t namedOptions = 12;
constexpr std::size_t lineLimit = 255;
constexpr std::size_t textLimit = 32'767;
constexpr std::size_t documentDepth = 64;

[[noreturn]] void refuse(const jira::FieldMeta& field, const std::string& expected) {
    throw std::invalid_argument("'" + field.name + "' takes " + expected + ".");
}

bool isObject(const Var& value) {
    return value.type() == typeid(Object::Ptr);
}

Object::Ptr single(const char* name, const std::string& value) {
    Object::Ptr object = new Object;
    object->set(name, value);
    return object;
}

/// A member that is a string, or an id that was written as a number; else empty.
std::string word(const Object::Ptr& object, const char* name) {
    const Var value = object->get(name);
    return value.isString() || (value.isInteger() && !value.isBoolean()) ? value.convert<std::string>() : "";
}

std::string listOptions(const Options& options) {
    std::string list;
    for (std::size_t i = 0; i < options.size() && i < namedOptions; ++i)
        list += (i == 0 ? "" : ", ") + options[i].name;
    return options.size() > namedOptions ? list + ", ..." : list;
}

const jira::AllowedValue* byId(const Options& options, const std::string& id) {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const auto& option) { return option.id == id; });
    return found == options.end() || id.empty() ? nullptr : &*found;
}

/// Written exactly so, or else in other letters of the same alphabet.
const jira::AllowedValue* byName(const Options& options, const std::string& name) {
    const std::string lower = lowerAscii(name);
    const jira::AllowedValue* similar = nullptr;
    for (const auto& option : options) {
        if (name.empty() || option.name == name)
            return name.empty() ? nullptr : &option;
        if (!similar && lowerAscii(option.name) == lower)
            similar = &option;
    }
    return similar;
}

/// {"id"}, {"value"}, {"name"}, or the bare word.
const jira::AllowedValue* findOption(const Options& options, const Var& value) {
    if (value.isString()) {
        const auto& text = value.extract<std::string>();
        const auto* named = byName(options, text);
        return named ? named : byId(options, text);
    }
    if (!isObject(value))
        return nullptr;
    const auto& object = value.extract<Object::Ptr>();
    if (object->has("id"))
        return byId(options, word(object, "id"));
    return byName(options, word(object, object->has("value") ? "value" : "name"));
}

const jira::AllowedValue& option(const jira::FieldMeta& field, const Options& options, const Var& value,
                                 const std::string& expected) {
    if (options.empty())
        refuse(field, expected + ", and Jira offers none");
    const auto* found = findOption(options, value);
    if (!found)
        refuse(field, expected + ": " + listOptions(options));
    return *found;
}

/// A text field that lists its values takes their words; all others take ids, where there are any.
Var optionValue(const jira::FieldMeta& field, const jira::AllowedValue& chosen) {
    if (field.type == "string" || field.items == "string")
        return chosen.name;
    return chosen.id.empty() ? single("value", chosen.name) : single("id", chosen.id);
}

Var selected(const jira::FieldMeta& field, const Var& value) {
    return optionValue(field, option(field, field.allowedValues, value, "one of its options"));
}

Var cascaded(const jira::FieldMeta& field, const Var& value) {
    const auto& parent = option(field, field.allowedValues, value, "one of its options");
    Object::Ptr out = single("id", parent.id);
    const Var child = isObject(value) ? value.extract<Object::Ptr>()->get("child") : Var();
    if (!child.isEmpty())
        out->set(
            "child",
            single(
                "id",
                option(field, parent.children, child, "one of the options below '" + parent.name + "'").id));
    return out;
}

std::string text(const jira::FieldMeta& field, const Var& value, const std::string& expected) {
    if (!value.isString() || oneLine(value.extract<std::string>()).empty())
        refuse(field, expected);
    return value.extract<std::string>();
}

std::string atMost(const jira::FieldMeta& field, std::string value, std::size_t limit) {
    if (utf16Length(value) > limit)
        refuse(field, "at most " + std::to_string(limit) + " characters");
    return value;
}

/// Jira's own text fields hold one line; what an app's field holds is the app's business.
Var plainText(const jira::FieldMeta& field, const Var& value) {
    const std::string given = text(field, value, "a text");
    return isCustomType(field, "textfield") ? atMost(field, oneLine(given), lineLimit)
                                            : atMost(field, cleanText(given), textLimit);
}

/// A text of which the client makes paragraphs, or the document itself.
Var richText(const jira::FieldMeta& field, const Var& value) {
    if (isObject(value) && word(value.extract<Object::Ptr>(), "type") == "doc")
        return value;
    return atMost(field, cleanText(text(field, value, "a text")), textLimit);
}

Var number(const jira::FieldMeta& field, const Var& value) {
    if (!value.isNumeric() || value.isBoolean() || value.isString())
        refuse(field, "a number");
    return value;
}

Var date(const jira::FieldMeta& field, const Var& value) {
    const char* expected = "a date as yyyy-MM-dd";
    const auto date = dateValue(oneLine(text(field, value, expected)));
    if (!date)
        refuse(field, expected);
    return *date;
}

Var dateTime(const jira::FieldMeta& field, const Var& value) {
    const char* expected = "a date and time with a time zone, as 2026-01-31T09:30:00+01:00";
    const auto moment = dateTimeValue(oneLine(text(field, value, expected)));
    if (!moment)
        refuse(field, expected);
    return *moment;
}

Var url(const jira::FieldMeta& field, const Var& value) {
    const char* expected = "an address that begins with https:// or http://";
    const std::string address = oneLine(text(field, value, expected));
    if (!safeHref(address))
        refuse(field, expected);
    return atMost(field, address, lineLimit);
}

Var user(const jira::FieldMeta& field, const Var& value) {
    std::string id = value.isString() ? value.extract<std::string>() : "";
    if (isObject(value))
        id = word(value.extract<Object::Ptr>(), "accountId");
    if (oneLine(id).empty())
        refuse(field, "a person as {\"accountId\": \"...\"}");
    return single("accountId", atMost(field, oneLine(id), 128));
}

Var group(const jira::FieldMeta& field, const Var& value) {
    const bool byGroupId = isObject(value) && value.extract<Object::Ptr>()->has("groupId");
    const char* member = byGroupId ? "groupId" : "name";
    const std::string name = isObject(value)    ? word(value.extract<Object::Ptr>(), member)
                             : value.isString() ? value.toString()
                                                : "";
    if (oneLine(name).empty())
        refuse(field, "a group as {\"name\": \"...\"}");
    return single(member, atMost(field, oneLine(name), lineLimit));
}

Var label(const jira::FieldMeta& field, const Var& value) {
    const std::string expected = "words without blanks";
    const std::string word = text(field, value, expected);
    // A list of texts that is not one of labels belongs to an app, which may take blanks.
    const bool isLabels = field.custom.empty() || isCustomType(field, "labels");
    if (cleanText(word) != word || (isLabels && word.find_first_of(" \t\n") != std::string::npos))
        refuse(field, expected);
    return atMost(field, word, lineLimit);
}

/// The parent is an issue: its key will do.
Var other(const jira::FieldMeta& field, const Var& value) {
    if (field.type == "issuelink" && value.isString())
        return single("key", oneLine(text(field, value, "the key of an issue")));
    return value;
}

using Normalise = Var (*)(const jira::FieldMeta&, const Var&);

Var each(const jira::FieldMeta& field, const Var& value, Normalise normalise) {
    if (value.type() != typeid(Array::Ptr) || value.extract<Array::Ptr>()->size() == 0)
        refuse(field, "a list of at least one value");
    const auto& given = value.extract<Array::Ptr>();
    Array::Ptr out = new Array;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < given->size(); ++i) {
        const Var normal = normalise(field, given->get(static_cast<unsigned>(i)));
        if (seen.insert(jsonText(normal)).second)
            out->add(normal);
    }
    return out;
}

Var normalised(const jira::FieldMeta& field, const Var& value) {
    switch (kindOf(field)) {
    case FieldKind::Text:
        return plainText(field, value);
    case FieldKind::RichText:
        return richText(field, value);
    case FieldKind::Number:
        return number(field, value);
    case FieldKind::Date:
        return date(field, value);
    case FieldKind::DateTime:
        return dateTime(field, value);
    case FieldKind::Select:
        return selected(field, value);
    case FieldKind::MultiSelect:
        return each(field, value, selected);
    case FieldKind::Cascade:
        return cascaded(field, value);
    case FieldKind::User:
        return user(field, value);
    case FieldKind::MultiUser:
        return each(field, value, user);
    case FieldKind::Group:
        return group(field, value);
    case FieldKind::MultiGroup:
        return each(field, value, group);
    case FieldKind::Labels:
        return each(field, value, label);
    case FieldKind::Url:
        return url(field, value);
    case FieldKind::Json:
        break;
    }
    return other(field, value);
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
    return kindOf(field) == FieldKind::RichText;
}

std::string normaliseFieldValue(const jira::FieldMeta& field, const std::string& json) {
    const Var value = parseJson(json, documentDepth);
    if (value.isEmpty())
        refuse(field, "a value");
    if (!field.canBeSet)
        throw std::invalid_argument("'" + field.name + "' cannot be given when a ticket is created.");
    return jsonText(normalised(field, value));
}

std::vector<std::string> peopleIn(const jira::FieldMeta& field, const std::string& normalJson) {
    const FieldKind kind = kindOf(field);
    if (kind != FieldKind::User && kind != FieldKind::MultiUser)
        return {};
    std::vector<std::string> people;
    const Var value = parseJson(normalJson);
    if (isObject(value))
        return {word(value.extract<Object::Ptr>(), "accountId")};
    const auto& list = value.extract<Array::Ptr>();
    for (std::size_t i = 0; i < list->size(); ++i)
        people.push_back(word(list->getObject(static_cast<unsigned>(i)), "accountId"));
    return people;
}

} // namespace jira_plugin::mapping
