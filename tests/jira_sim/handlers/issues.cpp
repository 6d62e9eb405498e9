#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::handle {

namespace {

constexpr std::size_t bulkLimit = 50;
constexpr std::size_t fetchLimit = 100;

view::IssueParts partsOf(const std::vector<std::string>& properties, const std::vector<std::string>& expand) {
    return {properties, {expand.begin(), expand.end()}};
}

std::vector<std::string> texts(const json::ObjectPtr& body, const char* name) {
    std::vector<std::string> list;
    json::ArrayPtr array = json::asArray(json::member(body, name));
    if (array.isNull())
        return list;
    for (const json::Value& item : *array) {
        if (!json::isString(item))
            throw Refusal{reply::invalidPayload()};
        list.push_back(item.convert<std::string>());
    }
    return list;
}

} // namespace

Response createIssue(Call& call) {
    const WriteResult result = jira_sim::createIssue(call.actor(), call.body());
    if (!result)
        return reply::errors(result.status, result.errors);
    return Response::json(201, view::created(call, *result.issue));
}

Response createIssues(Call& call) {
    json::ObjectPtr body = call.body();
    json::ArrayPtr updates = json::asArray(json::member(body, "issueUpdates"));
    if (updates.isNull() || updates->size() == 0)
        return reply::message(400, "issueUpdates must hold at least one issue.");
    if (updates->size() > bulkLimit)
        return reply::message(400, "You cannot create more than 50 issues in one request.");
    json::ArrayPtr issues = json::array(), errors = json::array();
    for (std::size_t i = 0; i < updates->size(); ++i) {
        const WriteResult result =
            jira_sim::createIssue(call.actor(), updates->get(static_cast<unsigned>(i)));
        if (result)
            issues->add(view::created(call, *result.issue));
        else
            errors->add(json::object({{"status", result.status},
                                      {"elementErrors", result.errors.toJson()},
                                      {"failedElementNumber", static_cast<std::int64_t>(i)}}));
    }
    return Response::json(issues->empty() ? 400 : 201,
                          json::object({{"issues", issues}, {"errors", errors}}));
}

Response getIssue(Call& call) {
    const IssuePtr issue = call.issue();
    const view::FieldSelection fields(call.request.params("fields"), "*all");
    return Response::json(
        200, view::issue(call, *issue, fields,
                         partsOf(call.request.params("properties"), call.request.params("expand"))));
}

Response editIssue(Call& call) {
    const IssuePtr issue = call.issue();
    // Cloud ignores the wish of those who may not have it.
    if (call.isDataCenter() && call.query("notifyUsers") == "false" &&
        !may(*call.user, "ADMINISTER_PROJECTS", call.site->project(issue->projectId)))
        return reply::message(403,
                              "To discard the user notification either admin or project admin permissions "
                              "are required.");
    const WriteResult result = jira_sim::editIssue(call.actor(), *issue, call.body());
    if (!result)
        return reply::errors(result.status, result.errors);
    if (!call.isDataCenter() && call.query("returnIssue") == "true")
        return Response::json(200, view::issue(call, *result.issue, view::FieldSelection({}, "*all")));
    return Response::empty(204);
}

Response assignIssue(Call& call) {
    const IssuePtr issue = call.issue();
    json::ObjectPtr body = call.body();
    const char* id = call.isDataCenter() ? "name" : "accountId";
    const json::Value who = json::member(body, id);
    const json::Value assignee = who.isEmpty() ? json::Value() : json::Value(json::object({{id, who}}));
    const auto edit = json::object({{"fields", json::object({{"assignee", assignee}})}});
    const WriteResult result = jira_sim::editIssue(call.actor(), *issue, edit);
    return result ? Response::empty(204) : reply::errors(result.status, result.errors);
}

Response deleteIssue(Call& call) {
    const IssuePtr issue = call.issue();
    call.require("DELETE_ISSUES", *issue, "You do not have permission to delete issues in this project.");
    eraseIssue(call.actor(), *issue);
    return Response::empty(204);
}

Response fetchIssues(Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"issueIdsOrKeys", "fields", "expand", "fieldsByKeys", "properties"});
    const std::vector<std::string> wanted = texts(body, "issueIdsOrKeys");
    if (wanted.empty() || wanted.size() > fetchLimit)
        return reply::message(400, wanted.empty() ? "issueIdsOrKeys must not be empty."
                                                  : "You cannot fetch more than 100 issues in one request.");
    const view::FieldSelection fields(texts(body, "fields"), "*navigable");
    const view::IssueParts parts = partsOf(texts(body, "properties"), texts(body, "expand"));
    json::ArrayPtr issues = json::array(), errors = json::array();
    for (const std::string& ref : wanted) {
        const IssuePtr issue = call.site->issues.find(ref);
        const Project* home = issue && !issue->archived ? call.site->project(issue->projectId) : nullptr;
        if (home != nullptr && may(*call.user, "BROWSE_PROJECTS", home))
            issues->add(view::issue(call, *issue, fields, parts));
        else
            errors->add(json::object(
                {{"id", ref},
                 {"errorMessage", "Issue does not exist or you do not have permission to see it."}}));
    }
    return Response::json(200, json::object({{"issues", issues}, {"issueErrors", errors}}));
}

Response changelog(Call& call) {
    const IssuePtr issue = call.issue();
    const Page page = pageOf(call, 100, 100);
    json::ArrayPtr values = json::array();
    for (const Change& item : page.cut(issue->changes))
        values->add(view::change(call, item));
    return Response::json(200, pageJson(call, page, issue->changes.size(), values,
                                        "/issue/" + std::to_string(issue->id) + "/changelog"));
}

} // namespace jira_sim::handle
