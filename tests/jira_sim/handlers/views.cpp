#include "handlers/views.hpp"

#include <algorithm>

#include "handlers/field_meta.hpp"

namespace jira_sim::view {

namespace {

std::string assets(const Call& call) {
    return call.services.config.publicUrl + "/_assets";
}

json::ObjectPtr avatars(const Call& call) {
    const std::string base = assets(call) + "/avatar.svg?size=";
    return json::object(
        {{"48x48", base + "48"}, {"24x24", base + "24"}, {"16x16", base + "16"}, {"32x32", base + "32"}});
}

json::Value nullable(const std::optional<std::string>& text) {
    return text ? json::Value(*text) : json::Value();
}

json::ObjectPtr projectScope(const Project& project) {
    return json::object(
        {{"type", "PROJECT"}, {"project", json::object({{"id", std::to_string(project.id)}})}});
}

} // namespace

json::Value stored(const std::string& text) {
    return json::parse(text);
}

namespace {

/// Data Center knows people by login and key, and shows addresses.
json::ObjectPtr serverUser(const Call& call, const User& user) {
    return json::object({{"self", call.apiUrl("/user?username=" + percentEncode(user.name))},
                         {"name", user.name},
                         {"key", call.services.config.release.since(8, 4) ? user.key : user.name},
                         {"emailAddress", user.email},
                         {"avatarUrls", avatars(call)},
                         {"displayName", user.displayName},
                         {"active", user.active},
                         {"timeZone", user.timeZone},
                         {"locale", "en_US"}});
}

} // namespace

json::ObjectPtr fullUser(const Call& call, const User& user) {
    if (call.isDataCenter())
        return serverUser(call, user);
    json::ObjectPtr object =
        json::object({{"self", call.apiUrl("/user?accountId=" + percentEncode(user.accountId))},
                      {"accountId", user.accountId},
                      {"accountType", user.accountType}});
    if (user.emailVisible)
        object->set("emailAddress", user.email);
    object->set("avatarUrls", avatars(call));
    object->set("displayName", user.displayName);
    object->set("active", user.active);
    object->set("timeZone", user.timeZone);
    object->set("locale", "en_US");
    return object;
}

json::Value user(const Call& call, const std::string& accountId) {
    const User* found = call.world().user(accountId);
    if (found == nullptr)
        return {};
    json::ObjectPtr object = fullUser(call, *found);
    object->remove("locale");
    return object;
}

json::ObjectPtr project(const Call& call, const Project& project) {
    json::ObjectPtr object = json::object({{"self", call.apiUrl("/project/" + std::to_string(project.id))},
                                           {"id", std::to_string(project.id)},
                                           {"key", project.key},
                                           {"name", project.name},
                                           {"projectTypeKey", "software"}});
    if (!call.isDataCenter())
        object->set("simplified", project.teamManaged);
    object->set("avatarUrls", avatars(call));
    return object;
}

json::ObjectPtr issueType(const Call& call, const Project& project, const IssueType& type) {
    json::ObjectPtr object = json::object({{"self", call.apiUrl("/issuetype/" + type.id)},
                                           {"id", type.id},
                                           {"description", type.description},
                                           {"iconUrl", assets(call) + "/avatar.svg?type=" + type.id},
                                           {"name", type.name},
                                           {"subtask", type.hierarchyLevel < 0},
                                           {"avatarId", 10300 + std::stoi(type.id) % 100}});
    if (!call.isDataCenter())
        object->set("hierarchyLevel", type.hierarchyLevel);
    if (project.teamManaged)
        object->set("scope", projectScope(project));
    return object;
}

json::ObjectPtr priority(const Call& call, const Priority& priority) {
    json::ObjectPtr object = json::object({{"self", call.apiUrl("/priority/" + priority.id)},
                                           {"statusColor", priority.colour},
                                           {"description", priority.description},
                                           {"iconUrl", assets(call) + "/avatar.svg?priority=" + priority.id},
                                           {"name", priority.name},
                                           {"id", priority.id}});
    if (!call.isDataCenter())
        object->set("isDefault", false); // always false on live sites, too
    return object;
}

json::Value status(const Call& call, const std::string& statusId) {
    const Status* found = call.site->status(statusId);
    if (found == nullptr)
        return {};
    const int category = found->categoryId;
    json::ObjectPtr object =
        json::object({{"self", call.apiUrl("/status/" + found->id)},
                      {"description", ""},
                      {"iconUrl", assets(call) + "/avatar.svg?status=" + found->id},
                      {"name", found->name},
                      {"id", found->id},
                      {"statusCategory",
                       json::object({{"self", call.apiUrl("/statuscategory/" + std::to_string(category))},
                                     {"id", category},
                                     {"key", categoryKey(category)},
                                     {"colorName", category == 3         ? "green"
                                                   : category == 4       ? "yellow"
                                                   : call.isDataCenter() ? "default"
                                                                         : "blue-gray"},
                                     {"name", categoryName(category)}})}});
    if (const Project* owner = call.site->project(found->projectId))
        object->set("scope", projectScope(*owner));
    return object;
}

json::Value resolution(const Call& call, const std::string& resolutionId) {
    const Resolution* found = call.site->resolution(resolutionId);
    if (found == nullptr)
        return {};
    return json::object({{"self", call.apiUrl("/resolution/" + found->id)},
                         {"id", found->id},
                         {"description", found->description},
                         {"name", found->name}});
}

namespace {

/// A comment with the property `sd.public.comment` is internal when that says so.
bool isPublic(const Comment& comment) {
    const auto found = comment.properties.find("sd.public.comment");
    if (found == comment.properties.end())
        return true;
    const json::Value internal = json::member(json::asObject(stored(found->second)), "internal");
    return !json::isBool(internal) || !internal.convert<bool>();
}

json::ArrayPtr propertiesOf(const Comment& comment) {
    json::ArrayPtr list = json::array();
    for (const auto& [key, value] : comment.properties)
        list->add(json::object({{"key", key}, {"value", stored(value)}}));
    return list;
}

} // namespace

json::ObjectPtr comment(const Call& call, const Issue& issue, const Comment& comment, bool withProperties) {
    json::ObjectPtr object =
        json::object({{"self", call.apiUrl("/issue/" + std::to_string(issue.id) + "/comment/" + comment.id)},
                      {"id", comment.id},
                      {"author", user(call, comment.authorId)},
                      {"body", stored(comment.body)},
                      {"updateAuthor", user(call, comment.updateAuthorId)},
                      {"created", jiraDateTime(comment.createdMs)},
                      {"updated", jiraDateTime(comment.updatedMs)}});
    if (!comment.visibility.empty())
        object->set("visibility", stored(comment.visibility));
    if (!call.isDataCenter())
        object->set("jsdPublic", isPublic(comment));
    if (withProperties)
        object->set("properties", propertiesOf(comment));
    return object;
}

namespace {

void addCloudTransition(const Transition& transition, json::ObjectPtr object) {
    object->set("hasScreen", !transition.screen.empty());
    object->set("isGlobal", transition.fromStatus.empty());
    object->set("isInitial", false);
    object->set("isAvailable", true);
    object->set("isConditional", false);
    object->set("looped", false);
}

void addServerTransition(const Transition& transition, json::ObjectPtr object) {
    object->set("description", "");
    object->set("opsbarSequence", 10 * (std::stoi(transition.id) / 10 + 1));
}

} // namespace

namespace {

json::ObjectPtr resolutionField(const Call& call, bool required) {
    json::ArrayPtr allowed = json::array();
    for (const Resolution& item : call.site->resolutions)
        allowed->add(resolution(call, item.id));
    json::ObjectPtr object =
        json::object({{"required", required},
                      {"schema", json::object({{"type", "resolution"}, {"system", "resolution"}})},
                      {"name", "Resolution"},
                      {"hasDefaultValue", false},
                      {"operations", json::array({"set"})},
                      {"allowedValues", allowed}});
    if (!call.isDataCenter())
        object->set("key", "resolution");
    return object;
}

json::ObjectPtr screenOf(const Call& call, const Issue& issue, const Transition& transition) {
    json::ObjectPtr fields = json::object();
    const Project* home = call.site->project(issue.projectId);
    const IssueType* type = home == nullptr ? nullptr : jira_sim::issueType(*home, issue.issueTypeId);
    for (const ScreenField& item : transition.screen) {
        const Field* field = call.site->field(item.fieldId);
        if (item.fieldId == "resolution")
            fields->set("resolution", resolutionField(call, item.required));
        else if (field != nullptr && type != nullptr)
            fields->set(item.fieldId, fieldJson(call, *home, *type, *field, item.required));
    }
    return fields;
}

} // namespace

json::ObjectPtr transition(const Call& call, const Issue& issue, const Transition& transition,
                           bool withFields) {
    json::ObjectPtr object = json::object(
        {{"id", transition.id}, {"name", transition.name}, {"to", status(call, transition.toStatus)}});
    if (call.isDataCenter())
        addServerTransition(transition, object);
    else
        addCloudTransition(transition, object);
    if (withFields)
        object->set("fields", screenOf(call, issue, transition));
    return object;
}

json::ObjectPtr change(const Call& call, const Change& change) {
    json::ArrayPtr items = json::array();
    for (const ChangeItem& item : change.items) {
        json::ObjectPtr object =
            json::object({{"field", item.field}, {"fieldtype", item.custom ? "custom" : "jira"}});
        if (!call.isDataCenter())
            object->set("fieldId", item.fieldId);
        object->set("from", nullable(item.from));
        object->set("fromString", nullable(item.fromText));
        object->set("to", nullable(item.to));
        object->set("toString", nullable(item.toText));
        items->add(object);
    }
    return json::object({{"id", change.id},
                         {"author", user(call, change.authorId)},
                         {"created", jiraDateTime(change.atMs)},
                         {"items", items}});
}

json::ObjectPtr created(const Call& call, const Issue& issue) {
    const std::string id = std::to_string(issue.id);
    return json::object({{"id", id}, {"key", issue.key}, {"self", call.apiUrl("/issue/" + id)}});
}

} // namespace jira_sim::view
