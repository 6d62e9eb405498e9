#include "world/issue_writer.hpp"

#include <algorithm>

#include "world/change_log.hpp"
#include "world/field_rules.hpp"

namespace jira_sim {

namespace {

const char* notOnScreenTail = "' cannot be set. It is not on the appropriate screen, or unknown.";
constexpr std::size_t maxProperties = 10;

std::string idText(const json::Value& value) {
    if (json::isInteger(value))
        return std::to_string(value.convert<std::int64_t>());
    return json::asString(value).value_or("");
}

Project* projectOf(const Actor& actor, const json::ObjectPtr& fields, ErrorCollection& errors) {
    json::ObjectPtr ref = json::asObject(json::member(fields, "project"));
    Project* project = nullptr;
    if (!ref.isNull() && ref->has("id"))
        project = actor.site.project(idText(ref->get("id")));
    else if (!ref.isNull())
        project = actor.site.project(json::memberString(ref, "key"));
    if (project == nullptr || project->archived || !may(actor.user, "BROWSE_PROJECTS", project)) {
        errors.field("project", "Specify a valid project ID or key");
        return nullptr;
    }
    if (!may(actor.user, "CREATE_ISSUES", project)) {
        errors.field("project", "You do not have permission to create issues in this project.");
        return nullptr;
    }
    return project;
}

const IssueType* issueTypeOf(const Project& project, const json::ObjectPtr& fields, ErrorCollection& errors) {
    json::ObjectPtr ref = json::asObject(json::member(fields, "issuetype"));
    if (ref.isNull() || (!ref->has("id") && !ref->has("name"))) {
        errors.field("issuetype", "Specify an issue type");
        return nullptr;
    }
    const IssueType* type = ref->has("id") ? issueType(project, idText(ref->get("id")))
                                           : issueTypeByName(project, json::memberString(ref, "name"));
    if (type == nullptr)
        errors.field("issuetype", "The issue type selected is invalid.");
    return type;
}

/// Applies `fields` and `update` to the draft as far as the screen allows.
void applyScreen(const FieldContext& context, const IssueType& type, const json::ObjectPtr& body,
                 Issue& draft, ErrorCollection& errors) {
    const auto onScreen = [&](const std::string& id) -> const Field* {
        const Field* field = context.site.field(id);
        const bool settable =
            field != nullptr && screenField(type, id) != nullptr &&
            (field->kind != FieldKind::Reporter || may(context.actor, "MODIFY_REPORTER", &context.project));
        if (settable)
            return field;
        errors.field(id, "Field '" + id + notOnScreenTail);
        return nullptr;
    };
    json::ObjectPtr fields = json::asObject(json::member(body, "fields"));
    json::ObjectPtr update = json::asObject(json::member(body, "update"));
    if (!fields.isNull())
        for (const auto& [id, value] : *fields)
            if (const Field* field = onScreen(id))
                setField(context, *field, value, draft, errors);
    if (update.isNull())
        return;
    for (const auto& [id, operations] : *update) {
        json::ArrayPtr list = json::asArray(operations);
        if (!fields.isNull() && fields->has(id))
            errors.field(id, "Field '" + id + "' cannot be in both 'fields' and 'update'.");
        else if (list.isNull())
            errors.field(id, "Operation value must be an array");
        else if (const Field* field = onScreen(id))
            for (const json::Value& operation : *list)
                updateField(context, *field, operation, draft, errors);
    }
}

void checkRequired(const Site& site, const IssueType& type, const Issue& draft, ErrorCollection& errors) {
    for (const ScreenField& item : type.screen) {
        const Field* field = site.field(item.fieldId);
        if (!item.required || field == nullptr || hasValue(*field, draft))
            continue;
        errors.field(field->id, field->id == "summary" ? "You must specify a summary of the issue."
                                                       : field->name + " is required.");
    }
}

void applyProperties(const json::ObjectPtr& body, Issue& draft, ErrorCollection& errors) {
    const json::Value value = json::member(body, "properties");
    json::ArrayPtr list = json::asArray(value);
    if (value.isEmpty())
        return;
    if (list.isNull() || list->size() > maxProperties) {
        errors.messages.emplace_back("The properties of an issue must be an array of at most 10 elements.");
        return;
    }
    for (const json::Value& item : *list) {
        json::ObjectPtr property = json::asObject(item);
        const std::string key = json::memberString(property, "key");
        if (key.empty() || key.size() > 255)
            errors.messages.emplace_back("A property key must have 1 to 255 characters.");
        else
            draft.properties[key] = json::text(property->get("value"));
    }
}

void enterStatus(const Site& site, Issue& issue, const std::string& statusId, const std::string& resolutionId,
                 std::int64_t nowMs) {
    const Status* status = site.status(statusId);
    const bool done = status != nullptr && status->categoryId == 3;
    if (issue.statusId != statusId)
        issue.statusChangedMs = nowMs;
    issue.statusId = statusId;
    issue.resolutionId = done ? (resolutionId.empty() ? "10000" : resolutionId) : "";
    issue.resolvedMs = done ? (issue.resolvedMs != 0 ? issue.resolvedMs : nowMs) : 0;
}

/// The transition the body names, among those open to the issue.
const Transition* chosenTransition(const Actor& actor, const Project& project, const Issue& issue,
                                   const json::ObjectPtr& body, ErrorCollection& errors) {
    json::ObjectPtr ref = json::asObject(json::member(body, "transition"));
    const std::string id = ref.isNull() ? "" : idText(json::member(ref, "id"));
    if (id.empty()) {
        errors.messages.emplace_back("Missing 'transition' identifier");
        return nullptr;
    }
    for (const Transition* candidate : transitionsOf(actor.user, project, issue))
        if (candidate->id == id)
            return candidate;
    errors.messages.emplace_back("Transition id '" + id + "' is not valid for this issue.");
    return nullptr;
}

/// The resolution that was sent; empty when none was, or none that exists.
std::string chosenResolution(const Site& site, const json::Value& sent, ErrorCollection& errors) {
    json::ObjectPtr ref = json::asObject(sent);
    if (ref.isNull())
        return {};
    for (const Resolution& candidate : site.resolutions)
        if (ref->has("id") ? candidate.id == idText(ref->get("id"))
                           : candidate.name == json::memberString(ref, "name"))
            return candidate.id;
    errors.field("resolution", "The resolution selected is invalid.");
    return {};
}

/// Puts what was sent into the fields of the transition's screen; answers the resolution. Fields beside the
/// screen are refused, and so is a required one without a value.
std::string applyTransitionScreen(const FieldContext& context, const Transition& transition,
                                  const json::ObjectPtr& fields, Issue& draft, ErrorCollection& errors) {
    if (!fields.isNull())
        for (const auto& [id, value] : *fields) {
            const bool isShown =
                std::any_of(transition.screen.begin(), transition.screen.end(),
                            [&, &name = id](const auto& item) { return item.fieldId == name; });
            const Field* field = context.site.field(id);
            if (!isShown)
                errors.field(id, "Field '" + id + notOnScreenTail);
            else if (field != nullptr)
                setField(context, *field, value, draft, errors);
        }
    std::string resolution;
    for (const ScreenField& item : transition.screen) {
        const Field* field = context.site.field(item.fieldId);
        if (item.fieldId == "resolution") {
            const json::Value sent = json::member(fields, "resolution");
            resolution = chosenResolution(context.site, sent, errors);
            if (item.required && json::asObject(sent).isNull())
                errors.messages.emplace_back("Field Resolution is required.");
        } else if (item.required && field != nullptr && !hasValue(*field, draft)) {
            errors.field(field->id, field->name + " is required.");
        }
    }
    return resolution;
}

/// Comments that come along with a transition: `update.comment[].add.body`.
std::vector<json::Value> commentsIn(const World& world, const json::ObjectPtr& body,
                                    ErrorCollection& errors) {
    std::vector<json::Value> bodies;
    json::ObjectPtr update = json::asObject(json::member(body, "update"));
    json::ArrayPtr list = json::asArray(json::member(update, "comment"));
    if (list.isNull())
        return bodies;
    for (const json::Value& item : *list) {
        json::ObjectPtr add = json::asObject(json::member(json::asObject(item), "add"));
        const json::Value text = json::member(add, "body");
        if (checkRichText(world, text, "comment", "Comment body is not valid!", errors))
            bodies.push_back(text);
    }
    return bodies;
}

/// Tells which properties were set or deleted between two versions.
void announceProperties(const Actor& actor, const Issue& before, const IssuePtr& after) {
    const auto tell = [&](const char* name, const std::string& key, const std::string& value) {
        actor.world.announce({actor.site, name, after, actor.user.accountId, {}, {}, key, value});
    };
    for (const auto& [key, value] : after->properties) {
        const auto old = before.properties.find(key);
        if (old == before.properties.end() || old->second != value)
            tell("issue_property_set", key, value);
    }
    for (const auto& entry : before.properties)
        if (after->properties.count(entry.first) == 0)
            tell("issue_property_deleted", entry.first, "");
}

void announceCreation(const Actor& actor, const IssuePtr& issue) {
    Change change;
    change.id = std::to_string(actor.site.nextChangeId++);
    change.authorId = actor.user.accountId;
    change.atMs = issue->createdMs;
    change.items = difference(actor.world, actor.site, Issue(), *issue);
    actor.world.announce({actor.site, "jira:issue_created", issue, actor.user.accountId, std::move(change)});
    announceProperties(actor, Issue(), issue);
}

void storeComments(const Actor& actor, const char* event, const Issue& next, const Comment& comment) {
    actor.world.store(actor.site, next);
    actor.world.announce(
        {actor.site, event, actor.site.issues.find(next.id), actor.user.accountId, {}, comment});
}

} // namespace

WriteResult createIssue(const Actor& actor, const json::Value& value) {
    WriteResult result;
    json::ObjectPtr body = json::asObject(value);
    json::ObjectPtr fields = json::asObject(json::member(body, "fields"));
    Project* project = projectOf(actor, fields, result.errors);
    const IssueType* type = project == nullptr ? nullptr : issueTypeOf(*project, fields, result.errors);
    if (type == nullptr)
        return result;
    Issue draft;
    draft.projectId = project->id;
    draft.issueTypeId = type->id;
    draft.priorityId = project->defaultPriorityId;
    draft.reporterId = draft.creatorId = actor.user.accountId;
    applyScreen({actor.world, actor.site, *project, actor.user}, *type, body, draft, result.errors);
    checkRequired(actor.site, *type, draft, result.errors);
    applyProperties(body, draft, result.errors);
    if (!result.errors.empty())
        return result;
    const std::int64_t now = actor.world.nowMs();
    draft.id = actor.site.nextIssueId++;
    draft.key = project->key + "-" + std::to_string(project->nextIssueNumber++);
    draft.createdMs = draft.updatedMs = now;
    enterStatus(actor.site, draft, project->workflow.initialStatus, "", now);
    result.issue = storeNew(actor, draft);
    return result;
}

WriteResult editIssue(const Actor& actor, const Issue& issue, const json::Value& value) {
    WriteResult result;
    json::ObjectPtr body = json::asObject(value);
    const Project* project = actor.site.project(issue.projectId);
    const IssueType* type = project == nullptr ? nullptr : issueType(*project, issue.issueTypeId);
    if (type == nullptr || !may(actor.user, "EDIT_ISSUES", project)) {
        result.status = 403;
        result.errors.messages.emplace_back("You do not have permission to edit issues in this project.");
        return result;
    }
    if (body.isNull() || (!body->has("fields") && !body->has("update") && !body->has("properties"))) {
        result.errors.messages.emplace_back("one of 'fields' or 'update' required");
        return result;
    }
    Issue draft = issue;
    applyScreen({actor.world, actor.site, *project, actor.user}, *type, body, draft, result.errors);
    checkRequired(actor.site, *type, draft, result.errors);
    applyProperties(body, draft, result.errors);
    if (result.errors.empty())
        result.issue = storeChange(actor, issue, std::move(draft));
    return result;
}

WriteResult transitionIssue(const Actor& actor, const Issue& issue, const json::Value& value) {
    WriteResult result;
    json::ObjectPtr body = json::asObject(value);
    const Project* project = actor.site.project(issue.projectId);
    const Transition* transition = chosenTransition(actor, *project, issue, body, result.errors);
    if (transition == nullptr) {
        if (actor.world.isDataCenter() && json::asObject(json::member(body, "transition")))
            result.status = 500; // as described: "if transition ID is incorrect"
        return result;
    }
    json::ObjectPtr fields = json::asObject(json::member(body, "fields"));
    Issue draft = issue;
    const std::string resolution = applyTransitionScreen({actor.world, actor.site, *project, actor.user},
                                                         *transition, fields, draft, result.errors);
    const std::vector<json::Value> comments = commentsIn(actor.world, body, result.errors);
    if (!result.errors.empty())
        return result;
    enterStatus(actor.site, draft, transition->toStatus, resolution, actor.world.nowMs());
    result.issue = storeChange(actor, issue, std::move(draft));
    for (const json::Value& comment : comments)
        addComment(actor, *actor.site.issues.find(issue.id), comment, {});
    return result;
}

Comment addComment(const Actor& actor, const Issue& issue, const json::Value& body,
                   const json::Value& visibility, std::map<std::string, std::string> properties) {
    const std::int64_t now = actor.world.nowMs();
    Issue next = issue;
    next.comments.push_back({std::to_string(actor.site.nextCommentId++), actor.user.accountId,
                             actor.user.accountId, json::text(body),
                             visibility.isEmpty() ? "" : json::text(visibility), now, now,
                             std::move(properties)});
    actor.site.issueOfComment[next.comments.back().id] = issue.id;
    next.updatedMs = now;
    const Comment added = next.comments.back();
    storeComments(actor, "comment_created", next, added);
    return added;
}

Comment editComment(const Actor& actor, const Issue& issue, Comment comment) {
    Issue next = issue;
    comment.updateAuthorId = actor.user.accountId;
    comment.updatedMs = next.updatedMs = actor.world.nowMs();
    for (Comment& item : next.comments)
        if (item.id == comment.id)
            item = comment;
    storeComments(actor, "comment_updated", next, comment);
    return comment;
}

void removeComment(const Actor& actor, const Issue& issue, const std::string& id) {
    Issue next = issue;
    const auto found = std::find_if(next.comments.begin(), next.comments.end(),
                                    [&](const Comment& item) { return item.id == id; });
    if (found == next.comments.end())
        return;
    const Comment removed = *found;
    next.comments.erase(found);
    next.updatedMs = actor.world.nowMs();
    storeComments(actor, "comment_deleted", next, removed);
}

void eraseIssue(const Actor& actor, const Issue& issue) {
    const IssuePtr last = actor.site.issues.find(issue.id);
    actor.world.erase(actor.site, issue);
    actor.world.announce({actor.site, "jira:issue_deleted", last, actor.user.accountId});
}

std::vector<const Transition*> transitionsOf(const User& user, const Project& project, const Issue& issue) {
    std::vector<const Transition*> open;
    if (!may(user, "TRANSITION_ISSUES", &project))
        return open;
    for (const Transition& candidate : project.workflow.transitions)
        if (candidate.fromStatus.empty() || candidate.fromStatus == issue.statusId)
            open.push_back(&candidate);
    return open;
}

IssuePtr storeNew(const Actor& actor, const Issue& issue) {
    actor.world.store(actor.site, issue);
    const IssuePtr stored = actor.site.issues.find(issue.id);
    announceCreation(actor, stored);
    return stored;
}

IssuePtr storeChange(const Actor& actor, const Issue& before, Issue next) {
    Change change;
    change.items = difference(actor.world, actor.site, before, next);
    const bool hasChanged = !change.items.empty();
    if (hasChanged) {
        change.id = std::to_string(actor.site.nextChangeId++);
        change.authorId = actor.user.accountId;
        change.atMs = actor.world.nowMs();
        next.updatedMs = change.atMs;
        next.changes.push_back(std::move(change));
    }
    actor.world.store(actor.site, next);
    const IssuePtr stored = actor.site.issues.find(next.id);
    if (hasChanged)
        actor.world.announce(
            {actor.site, "jira:issue_updated", stored, actor.user.accountId, stored->changes.back()});
    announceProperties(actor, before, stored);
    return stored;
}

} // namespace jira_sim
