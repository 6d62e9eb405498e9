#include <algorithm>

#include <Poco/String.h>

#include "handlers/control.hpp"
#include "handlers/handlers.hpp"
#include "handlers/views.hpp"
#include "world/adf_text.hpp"
#include "world/field_rules.hpp"

namespace jira_sim {

namespace control {

namespace {

json::Value orNull(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(text);
}

std::string personName(const Call& call, const std::string& accountId) {
    const User* user = call.world().user(accountId);
    return user == nullptr ? "" : user->displayName;
}

/// What the REST API of the deployment calls a person.
std::string personId(const Call& call, const std::string& accountId) {
    const User* user = call.isDataCenter() ? call.world().user(accountId) : nullptr;
    return user == nullptr ? accountId : user->name;
}

json::ObjectPtr storedMap(const std::map<std::string, std::string>& values) {
    json::ObjectPtr object = json::object();
    for (const auto& [id, text] : values)
        object->set(id, view::stored(text));
    return object;
}

json::ArrayPtr commentsJson(const Call& call, const Issue& issue) {
    json::ArrayPtr list = json::array();
    for (const Comment& comment : issue.comments)
        list->add(json::object(
            {{"id", comment.id},
             {"author", personName(call, comment.authorId)},
             {"visibility", comment.visibility.empty() ? json::Value() : view::stored(comment.visibility)},
             {"properties", storedMap(comment.properties)},
             {"text", adfText(view::stored(comment.body))}}));
    return list;
}

} // namespace

json::ObjectPtr issueJson(const Call& call, const Site& site, const Issue& issue) {
    const Project* home = site.project(issue.projectId);
    const IssueType* type = home == nullptr ? nullptr : issueType(*home, issue.issueTypeId);
    const Status* status = site.status(issue.statusId);
    const Priority* priority = site.priority(issue.priorityId);
    const Resolution* resolution = site.resolution(issue.resolutionId);
    const auto description = issue.values.find("description");
    json::ArrayPtr labels = json::array(), links = json::array();
    for (const std::string& label : issue.labels)
        labels->add(label);
    for (const RemoteLink& link : issue.remoteLinks)
        links->add(view::stored(link.document));
    return json::object(
        {{"id", std::to_string(issue.id)},
         {"key", issue.key},
         {"site", site.name},
         {"project", home == nullptr ? "" : home->key},
         {"issueType", type == nullptr ? "" : type->name},
         {"summary", issue.summary},
         {"status", status == nullptr ? "" : status->name},
         {"statusCategory", status == nullptr ? "" : categoryKey(status->categoryId)},
         {"resolution", resolution == nullptr ? json::Value() : json::Value(resolution->name)},
         {"priority", priority == nullptr ? json::Value() : json::Value(priority->name)},
         {"labels", labels},
         {"assignee", orNull(personId(call, issue.assigneeId))},
         {"assigneeName", orNull(personName(call, issue.assigneeId))},
         {"reporter", orNull(personId(call, issue.reporterId))},
         {"creator", orNull(personId(call, issue.creatorId))},
         {"dueDate", orNull(issue.dueDate)},
         {"parent", orNull(issue.parentKey)},
         {"description", description == issue.values.end() ? "" : adfText(view::stored(description->second))},
         {"fields", storedMap(issue.values)},
         {"properties", storedMap(issue.properties)},
         {"comments", commentsJson(call, issue)},
         {"remoteLinks", links},
         {"archived", issue.archived},
         {"created", jiraDateTime(issue.createdMs)},
         {"updated", jiraDateTime(issue.updatedMs)}});
}

IssuePtr moveTo(const Call& call, Site& site, const User& actor, const Issue& issue,
                const std::string& status, const std::string& resolution) {
    const Project* home = site.project(issue.projectId);
    for (const std::string& id : home == nullptr ? std::vector<std::string>() : home->workflow.statuses) {
        const Status* candidate = site.status(id);
        if (candidate == nullptr || (candidate->id != status && Poco::icompare(candidate->name, status) != 0))
            continue;
        Issue next = issue;
        const bool done = candidate->categoryId == 3;
        next.statusId = candidate->id;
        next.statusChangedMs = call.world().nowMs();
        next.resolvedMs = done ? next.statusChangedMs : 0;
        next.resolutionId = done ? "10000" : "";
        for (const Resolution& item : site.resolutions)
            if (done && item.name == resolution)
                next.resolutionId = item.id;
        return storeChange({call.world(), site, actor}, issue, next);
    }
    throw Refusal{reply::message(400, "The project of " + issue.key + " has no status '" + status + "'")};
}

} // namespace control

namespace handle {

namespace {

struct Found {
    Site& site;
    IssuePtr issue;
};

Found found(const Call& call) {
    Site& site = control::site(call, call.query("site"));
    const IssuePtr issue = site.issues.find(call.param("key"));
    if (!issue)
        throw Refusal{reply::message(404, "No issue " + call.param("key") + " on site " + site.name)};
    return {site, issue};
}

std::string as(const Call& call) {
    return json::memberString(call.body(), "as");
}

void editLabels(const json::Value& value, Issue& issue) {
    issue.labels.clear();
    for (const json::Value& label : *json::asArray(value))
        issue.labels.push_back(label.convert<std::string>());
}

/// Sets one member without Jira's checks: what a person did by some other way than the REST API.
void editOne(const Call& call, const Site& site, const std::string& name, const json::Value& value,
             Issue& issue) {
    const std::string text = json::asString(value).value_or("");
    if (name == "summary")
        issue.summary = text;
    else if (name == "dueDate")
        issue.dueDate = text;
    else if (name == "labels" && json::isArray(value))
        editLabels(value, issue);
    else if (name == "assignee")
        issue.assigneeId = text.empty() ? text : control::person(call, text).accountId;
    else if (name == "priority" && site.priorityByName(text) != nullptr)
        issue.priorityId = site.priorityByName(text)->id;
    else if (name == "description")
        issue.values["description"] = json::text(richText(call.world(), text));
    else if (name != "as")
        throw Refusal{
            reply::message(400, "Cannot set '" + name + "' to " + json::text(value) +
                                    "; there are summary, description, labels, priority, assignee, dueDate")};
}

/// `restrictTo`: a role by name, or `{"type":"group","value":...}`; empty: everybody.
json::Value visibilityIn(const Call& call) {
    const json::Value value = json::member(call.body(), "restrictTo");
    const auto role = json::asString(value);
    if (!role)
        return value;
    return role->empty()
               ? json::Value()
               : json::Value(json::object({{"type", "role"}, {"value", *role}, {"identifier", *role}}));
}

/// `internal`: a comment that customers of a service project do not see.
std::map<std::string, std::string> propertiesIn(const Call& call) {
    const json::Value internal = json::member(call.body(), "internal");
    if (!json::isBool(internal))
        return {};
    return {{"sd.public.comment", json::text(json::object({{"internal", internal}}))}};
}

const Comment& commentOf(const Call& call, const Issue& issue) {
    for (const Comment& comment : issue.comments)
        if (comment.id == call.param("id"))
            return comment;
    throw Refusal{reply::message(404, "No comment " + call.param("id") + " at " + issue.key)};
}

} // namespace

Response listIssues(Call& call) {
    const std::string project = call.query("project"), label = call.query("label");
    json::ArrayPtr list = json::array();
    for (const auto& site : call.world().sites()) {
        if (call.request.param("site") && site->name != call.query("site"))
            continue;
        for (const auto& [id, issue] : site->issues.all()) {
            const Project* home = site->project(issue->projectId);
            const bool inProject = project.empty() || (home != nullptr && home->key == project);
            const auto& labels = issue->labels;
            if (inProject &&
                (label.empty() || std::find(labels.begin(), labels.end(), label) != labels.end()))
                list->add(control::issueJson(call, *site, *issue));
        }
    }
    return Response::json(
        200, json::object({{"total", static_cast<std::int64_t>(list->size())}, {"issues", list}}));
}

Response controlIssue(Call& call) {
    const Found it = found(call);
    return Response::json(200, control::issueJson(call, it.site, *it.issue));
}

Response controlEdit(Call& call) {
    const Found it = found(call);
    Issue next = *it.issue;
    for (const auto& [name, value] : *call.body())
        editOne(call, it.site, name, value, next);
    const IssuePtr stored =
        storeChange({call.world(), it.site, control::hand(call, as(call))}, *it.issue, std::move(next));
    return Response::json(200, control::issueJson(call, it.site, *stored));
}

Response controlMove(Call& call) {
    const Found it = found(call);
    const IssuePtr moved = control::moveTo(call, it.site, control::hand(call, as(call)), *it.issue,
                                           json::memberString(call.body(), "to", "Done"),
                                           json::memberString(call.body(), "resolution"));
    return Response::json(200, control::issueJson(call, it.site, *moved));
}

Response controlComment(Call& call) {
    const Found it = found(call);
    const json::Value body = richText(call.world(), json::memberString(call.body(), "text"));
    const Comment added = jira_sim::addComment({call.world(), it.site, control::hand(call, as(call))},
                                               *it.issue, body, visibilityIn(call), propertiesIn(call));
    return Response::json(201, json::object({{"id", added.id}}));
}

Response controlEditComment(Call& call) {
    const Found it = found(call);
    Comment comment = commentOf(call, *it.issue);
    const std::string text = json::memberString(call.body(), "text");
    if (!text.empty())
        comment.body = json::text(richText(call.world(), text));
    const json::Value visibility = visibilityIn(call);
    if (call.body()->has("restrictTo"))
        comment.visibility = visibility.isEmpty() ? "" : json::text(visibility);
    for (const auto& [key, value] : propertiesIn(call))
        comment.properties[key] = value;
    editComment({call.world(), it.site, control::hand(call, as(call))}, *it.issue, comment);
    return Response::json(200, control::issueJson(call, it.site, *it.site.issues.find(it.issue->id)));
}

Response controlDeleteComment(Call& call) {
    const Found it = found(call);
    removeComment({call.world(), it.site, control::hand(call, call.query("as"))}, *it.issue,
                  commentOf(call, *it.issue).id);
    return Response::empty(204);
}

Response controlRelocate(Call& call) {
    const Found it = found(call);
    Project& target = control::project(it.site, json::memberString(call.body(), "project"));
    if (target.id == it.issue->projectId)
        return reply::message(400, it.issue->key + " is in project " + target.key + " already");
    const IssuePtr moved =
        moveIssue({call.world(), it.site, control::hand(call, as(call))}, *it.issue, target);
    return Response::json(200, control::issueJson(call, it.site, *moved));
}

Response controlClone(Call& call) {
    const Found it = found(call);
    const IssuePtr copy = cloneIssue({call.world(), it.site, control::hand(call, as(call))}, *it.issue);
    return Response::json(201, control::issueJson(call, it.site, *copy));
}

Response controlArchive(Call& call) {
    const Found it = found(call);
    const json::Value wanted = json::member(call.body(), "archived");
    const bool archived = !json::isBool(wanted) || wanted.convert<bool>();
    const IssuePtr stored =
        archiveIssue({call.world(), it.site, control::hand(call, as(call))}, *it.issue, archived);
    return Response::json(200, control::issueJson(call, it.site, *stored));
}

Response controlDelete(Call& call) {
    const Found it = found(call);
    eraseIssue({call.world(), it.site, control::hand(call, call.query("as"))}, *it.issue);
    return Response::empty(204);
}

} // namespace handle
} // namespace jira_sim
