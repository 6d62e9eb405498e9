#include "world/field_rules.hpp"

#include <algorithm>
#include <cctype>

#include <Poco/DateTimeParser.h>

#include "world/adf_schema.hpp"
#include "world/adf_text.hpp"

namespace jira_sim {

namespace {

constexpr std::size_t summaryLimit = 255;
constexpr std::size_t labelLimit = 255;
constexpr std::size_t textLimit = 32767;
const char* tooLong = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
const char* notAString = "Operation value must be a string";
const char* notAnArray = "Operation value must be an array";
const char* notAnObject = "data was not an object";

bool hasSpace(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
}

void setSummary(bool onDataCenter, const json::Value& value, Issue& draft, ErrorCollection& errors) {
    const auto text = json::asString(value);
    if (!text && !value.isEmpty())
        return errors.field("summary", notAString);
    const std::string summary = text.value_or("");
    if (std::all_of(summary.begin(), summary.end(), [](char c) { return c == ' '; }))
        return errors.field("summary", "You must specify a summary of the issue.");
    if (summary.find_first_of("\r\n") != std::string::npos)
        return errors.field("summary", "The summary is invalid because it contains newline characters.");
    if (json::utf16Length(summary) > summaryLimit)
        return errors.field("summary", onDataCenter ? "Summary must be less than 255 characters."
                                                    : "Summary can't exceed 255 characters.");
    draft.summary = summary;
}

bool checkLabel(const std::string& id, const json::Value& value, ErrorCollection& errors) {
    const auto label = json::asString(value);
    if (!label) {
        errors.field(id, notAString);
        return false;
    }
    if (label->empty() || hasSpace(*label)) {
        errors.field(id, "The label '" + *label + "' contains spaces which is invalid.");
        return false;
    }
    if (json::utf16Length(*label) > labelLimit) {
        errors.field(id, "The label '" + *label + "' exceeds the maximum length of 255 characters.");
        return false;
    }
    return true;
}

void setLabels(const json::Value& value, Issue& draft, ErrorCollection& errors) {
    json::ArrayPtr list = json::asArray(value);
    if (list.isNull() && !value.isEmpty())
        return errors.field("labels", notAnArray);
    std::vector<std::string> labels;
    if (!list.isNull())
        for (const json::Value& item : *list) {
            if (!checkLabel("labels", item, errors))
                return;
            const auto label = item.convert<std::string>();
            if (std::find(labels.begin(), labels.end(), label) == labels.end())
                labels.push_back(label);
        }
    std::sort(labels.begin(), labels.end()); // Jira answers labels sorted
    draft.labels = std::move(labels);
}

void setPriority(const FieldContext& context, const json::Value& value, Issue& draft,
                 ErrorCollection& errors) {
    json::ObjectPtr object = json::asObject(value);
    if (object.isNull())
        return errors.field("priority", notAnObject);
    const auto id = json::asString(json::member(object, "id"));
    const auto name = json::asString(json::member(object, "name"));
    if (!id && !name)
        return errors.field("priority", "Could not find valid 'id' or 'name' in priority object.");
    const Priority* priority = id ? context.site.priority(*id) : context.site.priorityByName(*name);
    if (priority == nullptr && !id)
        return errors.field("priority", "Priority name '" + *name + "' is not valid");
    const auto& scheme = context.project.priorityIds;
    if (priority == nullptr || std::find(scheme.begin(), scheme.end(), priority->id) == scheme.end())
        return errors.field("priority", "The priority selected is invalid.");
    draft.priorityId = priority->id;
}

/// The user that `{"name":...}` names, as Data Center takes it; null after noting the problem.
const User* userByName(const FieldContext& context, const std::string& fieldId, const json::ObjectPtr& object,
                       ErrorCollection& errors) {
    const auto name = json::asString(json::member(object, "name"));
    if (!name) {
        errors.field(fieldId, "expected 'name' property to be a string");
        return nullptr;
    }
    const User* user = context.world.userByName(*name);
    if (user == nullptr)
        errors.field(fieldId, "User '" + *name + "' does not exist.");
    return user;
}

/// The account a user value names: on Cloud `{"accountId":...}` or `{"id":...}`; null after noting the
/// problem.
const User* userOf(const FieldContext& context, const std::string& fieldId, const json::Value& value,
                   ErrorCollection& errors) {
    json::ObjectPtr object = json::asObject(value);
    if (object.isNull()) {
        errors.field(fieldId, notAnObject);
        return nullptr;
    }
    if (context.world.isDataCenter())
        return userByName(context, fieldId, object, errors);
    auto id = json::asString(json::member(object, "accountId"));
    if (!id)
        id = json::asString(json::member(object, "id"));
    if (!id) {
        errors.field(fieldId,
                     "'accountId' must be the only user identifying query parameter in GDPR strict mode.");
        return nullptr;
    }
    const User* user = context.world.user(*id);
    if (user == nullptr)
        errors.field(fieldId, "Account ID '" + *id + "' does not exist for the field '" + fieldId + "'.");
    return user;
}

void setAssignee(const FieldContext& context, const json::Value& value, Issue& draft,
                 ErrorCollection& errors) {
    if (value.isEmpty()) {
        draft.assigneeId.clear();
        return;
    }
    const json::Value who =
        json::member(json::asObject(value), context.world.isDataCenter() ? "name" : "accountId");
    const bool nobody = context.world.isDataCenter() && json::isObject(value) &&
                        json::asObject(value)->has("name") &&
                        (who.isEmpty() || json::asString(who) == std::string());
    if (nobody || json::asString(who) == std::string("-1")) {
        draft.assigneeId.clear(); // "automatic": the seed's projects leave new issues unassigned
        return;
    }
    const User* user = userOf(context, "assignee", value, errors);
    if (user == nullptr)
        return;
    if (!user->active || !isAssignable(context.project, user->accountId))
        return errors.field("assignee", "User '" +
                                            (context.world.isDataCenter() ? user->name : user->displayName) +
                                            "' cannot be assigned issues.");
    draft.assigneeId = user->accountId;
}

void setDate(const std::string& id, const json::Value& value, std::string& target, ErrorCollection& errors) {
    const auto text = json::asString(value);
    if (!text && !value.isEmpty())
        return errors.field(id, notAString);
    if (text && !text->empty() && parseIsoDate(*text) < 0)
        return errors.field(id, "Error parsing date string: " + *text);
    target = text.value_or("");
}

void setParent(const FieldContext& context, const json::Value& value, Issue& draft, ErrorCollection& errors) {
    json::ObjectPtr object = json::asObject(value);
    if (object.isNull())
        return errors.field("parent", notAnObject);
    const std::string ref = json::memberString(object, object->has("key") ? "key" : "id");
    const IssuePtr parent = context.site.issues.find(ref);
    if (!parent)
        return errors.field("parent", "Could not find issue by id or key.");
    const Project* home = context.site.project(parent->projectId);
    const IssueType* type = home != nullptr ? issueType(*home, parent->issueTypeId) : nullptr;
    if (type == nullptr || type->hierarchyLevel != 1)
        return errors.field("parent", "Given parent work item does not belong to appropriate hierarchy.");
    draft.parentKey = parent->key;
}

const Option* optionOf(const std::vector<Option>& options, const json::ObjectPtr& wanted,
                       const char* textName) {
    const auto id = json::asString(json::member(wanted, "id"));
    const auto text = json::asString(json::member(wanted, textName));
    for (const Option& option : options)
        if (id ? option.id == *id : text && option.value == *text)
            return &option;
    return nullptr;
}

/// Resolves one choice to its stored form; an empty Value after noting the problem.
json::Value choice(const Field& field, const std::vector<Option>& options, const json::Value& value,
                   const char* textName, ErrorCollection& errors) {
    json::ObjectPtr object = json::asObject(value);
    if (object.isNull()) {
        errors.field(field.id, "Specify a valid 'id' or '" + std::string(textName) + "' for " + field.name);
        return {};
    }
    const Option* option = optionOf(options, object, textName);
    if (option == nullptr) {
        const bool byId = json::isString(json::member(object, "id"));
        errors.field(field.id,
                     byId ? "Option id '" + json::memberString(object, "id") + "' is not valid"
                          : "Option value '" + json::memberString(object, textName) + "' is not valid");
        return {};
    }
    json::ObjectPtr stored = json::object({{textName, option->value}, {"id", option->id}});
    if (field.kind == FieldKind::Cascading && object->has("child")) {
        const json::Value child = choice({field.id, field.name, FieldKind::Select, "", {}}, option->children,
                                         object->get("child"), textName, errors);
        stored->set("child", child);
    }
    return stored;
}

template <typename One>
json::Value each(const Field& field, const json::Value& value, ErrorCollection& errors, One one) {
    json::ArrayPtr list = json::asArray(value);
    if (list.isNull()) {
        errors.field(field.id, notAnArray);
        return {};
    }
    json::ArrayPtr stored = json::array();
    for (const json::Value& item : *list)
        stored->add(one(item));
    return stored;
}

/// The stored form of a custom (or generic) field's value; empty after noting a problem in `errors`.
json::Value genericValue(const FieldContext& context, const Field& field, const json::Value& value,
                         ErrorCollection& errors) {
    const auto account = [&](const json::Value& item) -> json::Value {
        const User* user = userOf(context, field.id, item, errors);
        return user == nullptr ? json::Value() : json::Value(user->accountId);
    };
    switch (field.kind) {
    case FieldKind::Number:
        if (!json::isNumber(value))
            errors.field(field.id, "Operation value must be a number");
        return value;
    case FieldKind::Text:
    case FieldKind::Url:
        if (!json::isString(value))
            errors.field(field.id, notAString);
        else if (json::utf16Length(value.convert<std::string>()) > 255)
            errors.field(field.id,
                         "The entered text is too long. It exceeds the allowed limit of 255 characters.");
        return value;
    case FieldKind::Date: {
        std::string date;
        setDate(field.id, value, date, errors);
        return date.empty() ? json::Value() : json::Value(date);
    }
    case FieldKind::DateTime: {
        int offset = 0;
        Poco::DateTime parsed;
        const auto text = json::asString(value);
        if (!text || !Poco::DateTimeParser::tryParse("%Y-%m-%dT%H:%M:%s%z", *text, parsed, offset))
            errors.field(field.id, "Error parsing date string: " + text.value_or(""));
        return value;
    }
    case FieldKind::User:
        return account(value);
    case FieldKind::MultiUser:
        return each(field, value, errors, account);
    case FieldKind::Select:
    case FieldKind::Cascading:
        return choice(field, field.options, value, "value", errors);
    case FieldKind::MultiSelect:
        return each(field, value, errors, [&](const json::Value& item) {
            return choice(field, field.options, item, "value", errors);
        });
    case FieldKind::Components:
    case FieldKind::Versions:
        return each(field, value, errors, [&](const json::Value& item) {
            return choice(field,
                          field.kind == FieldKind::Components ? context.project.components
                                                              : context.project.versions,
                          item, "name", errors);
        });
    case FieldKind::Labels:
        return each(field, value, errors, [&](const json::Value& item) {
            return checkLabel(field.id, item, errors) ? item : json::Value();
        });
    default:
        return value;
    }
}

void setGeneric(const FieldContext& context, const Field& field, const json::Value& value, Issue& draft,
                ErrorCollection& errors) {
    draft.values.erase(field.id);
    if (value.isEmpty())
        return;
    const std::size_t before = errors.fields.size();
    const json::Value stored = genericValue(context, field, value, errors);
    if (errors.fields.size() == before && !stored.isEmpty())
        draft.values[field.id] = json::text(stored);
}

bool checkWiki(const json::Value& value, const std::string& fieldId, ErrorCollection& errors) {
    const auto text = json::asString(value);
    if (!text)
        errors.field(fieldId, notAString);
    else if (json::utf16Length(*text) > textLimit)
        errors.field(fieldId, tooLong);
    else
        return true;
    return false;
}

/// `customfield_N` of the agile plug-in: the key of an epic, as text.
void setEpicLink(const FieldContext& context, const Field& field, const json::Value& value, Issue& draft,
                 ErrorCollection& errors) {
    draft.values.erase(field.id);
    if (value.isEmpty())
        return;
    const auto key = json::asString(value);
    const IssuePtr epic = key ? context.site.issues.find(*key) : nullptr;
    const Project* home = epic ? context.site.project(epic->projectId) : nullptr;
    const IssueType* type = home == nullptr ? nullptr : issueType(*home, epic->issueTypeId);
    if (!key)
        errors.field(field.id, notAString);
    else if (type == nullptr || type->hierarchyLevel != 1)
        errors.field(field.id, "Issue '" + *key + "' is not a valid epic.");
    else
        draft.values[field.id] = json::text(json::Value(epic->key));
}

} // namespace

json::Value richText(const World& world, const std::string& text) {
    return world.isDataCenter() ? json::Value(text) : json::Value(adfParagraph(text));
}

bool checkRichText(const World& world, const json::Value& value, const std::string& fieldId,
                   const std::string& onString, ErrorCollection& errors) {
    if (world.isDataCenter())
        return checkWiki(value, fieldId, errors);
    if (!json::isObject(value)) {
        errors.field(fieldId, onString);
        return false;
    }
    if (!AdfSchema::instance().accepts(value)) {
        if (std::find(errors.messages.begin(), errors.messages.end(), "INVALID_INPUT") ==
            errors.messages.end())
            errors.messages.emplace_back("INVALID_INPUT"); // Jira says no more than this
        return false;
    }
    if (json::utf16Length(adfText(value)) > textLimit) {
        errors.field(fieldId, tooLong);
        return false;
    }
    return true;
}

void setField(const FieldContext& context, const Field& field, const json::Value& value, Issue& draft,
              ErrorCollection& errors) {
    switch (field.kind) {
    case FieldKind::Project:
    case FieldKind::IssueType:
        return; // decided before the other fields are looked at
    case FieldKind::Summary:
        return setSummary(context.world.isDataCenter(), value, draft, errors);
    case FieldKind::Priority:
        return setPriority(context, value, draft, errors);
    case FieldKind::Parent:
        return setParent(context, value, draft, errors);
    case FieldKind::Labels:
        return field.id == "labels" ? setLabels(value, draft, errors)
                                    : setGeneric(context, field, value, draft, errors);
    case FieldKind::User:
        return field.id == "assignee" ? setAssignee(context, value, draft, errors)
                                      : setGeneric(context, field, value, draft, errors);
    case FieldKind::Date:
        return field.id == "duedate" ? setDate(field.id, value, draft.dueDate, errors)
                                     : setGeneric(context, field, value, draft, errors);
    case FieldKind::Reporter:
        if (const User* user = userOf(context, field.id, value, errors))
            draft.reporterId = user->accountId;
        return;
    case FieldKind::RichText:
        if (value.isEmpty())
            draft.values.erase(field.id);
        else if (checkRichText(
                     context.world, value, field.id,
                     "Operation value must be an Atlassian Document (see the Atlassian Document Format)",
                     errors))
            draft.values[field.id] = json::text(value);
        return;
    case FieldKind::EpicLink:
        return setEpicLink(context, field, value, draft, errors);
    default:
        return setGeneric(context, field, value, draft, errors);
    }
}

void updateField(const FieldContext& context, const Field& field, const json::Value& operation, Issue& draft,
                 ErrorCollection& errors) {
    json::ObjectPtr object = json::asObject(operation);
    if (object.isNull() || object->size() != 1)
        return errors.field(field.id, notAnObject);
    const std::string verb = object->begin()->first;
    const json::Value& value = object->begin()->second;
    if (verb == "set")
        return setField(context, field, value, draft, errors);
    if (field.id != "labels" || (verb != "add" && verb != "remove"))
        return errors.field(field.id,
                            "Field '" + field.id + "' does not support the operation '" + verb + "'.");
    if (!checkLabel("labels", value, errors))
        return;
    const auto label = value.convert<std::string>();
    const auto at = std::find(draft.labels.begin(), draft.labels.end(), label);
    if (verb == "remove" && at != draft.labels.end())
        draft.labels.erase(at);
    if (verb == "add" && at == draft.labels.end())
        draft.labels.insert(std::upper_bound(draft.labels.begin(), draft.labels.end(), label), label);
}

bool hasValue(const Field& field, const Issue& draft) {
    if (field.id == "summary")
        return !draft.summary.empty();
    if (field.id == "priority")
        return !draft.priorityId.empty();
    if (field.id == "labels")
        return !draft.labels.empty();
    if (field.id == "assignee")
        return !draft.assigneeId.empty();
    if (field.id == "reporter")
        return !draft.reporterId.empty();
    if (field.id == "duedate")
        return !draft.dueDate.empty();
    if (field.id == "parent")
        return !draft.parentKey.empty();
    return field.id == "project" || field.id == "issuetype" || draft.values.count(field.id) != 0;
}

} // namespace jira_sim
