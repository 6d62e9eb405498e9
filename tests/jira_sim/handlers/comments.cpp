#include <algorithm>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"
#include "world/field_rules.hpp"

namespace jira_sim::handle {

namespace {

constexpr std::size_t commentLimit = 5000;

json::Value checkedBody(const Call& call) {
    const json::Value body = json::member(call.body(), "body");
    ErrorCollection errors;
    if (!checkRichText(call.world(), body, "comment", "Comment body is not valid!", errors))
        throw Refusal{reply::errors(400, errors)};
    return body;
}

json::Value checkedVisibility(const Call& call) {
    const json::Value value = json::member(call.body(), "visibility");
    json::ObjectPtr object = json::asObject(value);
    const std::string type = json::memberString(object, "type");
    if (!value.isEmpty() && type != "role" && type != "group")
        throw Refusal{reply::field(400, "commentLevel", "Invalid comment visibility type.")};
    return value;
}

constexpr std::size_t propertyKeyLimit = 255;

/// `properties` of a create or an update.
std::map<std::string, std::string> sentProperties(const Call& call) {
    std::map<std::string, std::string> properties;
    const json::Value sent = json::member(call.body(), "properties");
    json::ArrayPtr list = json::asArray(sent);
    if (list.isNull()) {
        if (!sent.isEmpty())
            throw Refusal{reply::invalidPayload()};
        return properties;
    }
    for (const json::Value& item : *list) {
        json::ObjectPtr property = json::asObject(item);
        const std::string key = json::memberString(property, "key");
        if (key.empty() || key.size() > propertyKeyLimit || !property->has("value"))
            throw Refusal{
                reply::message(400, "A property must have a key of 1 to 255 characters and a value.")};
        properties[key] = json::text(property->get("value"));
    }
    return properties;
}

/// The comment of the path within the issue; refused with 404 when there is none.
const Comment& commentOf(const Call& call, const Issue& issue) {
    const auto found = std::find_if(issue.comments.begin(), issue.comments.end(),
                                    [&](const Comment& item) { return item.id == call.param("id"); });
    if (found == issue.comments.end() || !mayRead(*call.user, *found))
        throw Refusal{reply::message(404, "Can not find a comment for the id: " + call.param("id") + ".")};
    return *found;
}

} // namespace

Response comments(Call& call) {
    const std::string order = call.query("orderBy", "created");
    if (order != "created" && order != "+created" && order != " created" && order != "-created")
        return reply::message(400, "The value '" + order + "' is not supported for orderBy.");
    const IssuePtr issue = call.issue();
    std::vector<Comment> list;
    for (const Comment& item : issue->comments)
        if (mayRead(*call.user, item))
            list.push_back(item);
    if (order == "-created")
        std::reverse(list.begin(), list.end());
    const Page page = call.isDataCenter() ? pageOf(call, 50, 1000) : pageOf(call, 100, 100);
    json::ArrayPtr items = json::array();
    for (const Comment& item : page.cut(list))
        items->add(view::comment(call, *issue, item));
    return Response::json(200, json::object({{"startAt", page.startAt},
                                             {"maxResults", page.maxResults},
                                             {"total", static_cast<std::int64_t>(list.size())},
                                             {"comments", items}}));
}

Response addComment(Call& call) {
    const IssuePtr issue = call.issue();
    call.require("ADD_COMMENTS", *issue, "You do not have the permission to comment on this issue.");
    const json::Value body = checkedBody(call);
    const json::Value visibility = checkedVisibility(call);
    if (issue->comments.size() >= commentLimit)
        return reply::message(413, "The issue has reached the limit of 5000 comments.");
    const Comment added = jira_sim::addComment(call.actor(), *issue, body, visibility, sentProperties(call));
    Response response = Response::json(201, view::comment(call, *issue, added));
    return response.with("Location",
                         call.apiUrl("/issue/" + std::to_string(issue->id) + "/comment/" + added.id));
}

Response comment(Call& call) {
    const IssuePtr issue = call.issue();
    return Response::json(200, view::comment(call, *issue, commentOf(call, *issue)));
}

Response editComment(Call& call) {
    const IssuePtr issue = call.issue();
    Comment comment = commentOf(call, *issue);
    const json::Value body = checkedBody(call);
    const json::Value visibility = checkedVisibility(call);
    comment.body = json::text(body);
    if (!visibility.isEmpty())
        comment.visibility = json::text(visibility);
    for (auto& [key, value] : sentProperties(call))
        comment.properties[key] = value;
    return Response::json(
        200, view::comment(call, *issue, jira_sim::editComment(call.actor(), *issue, std::move(comment))));
}

Response deleteComment(Call& call) {
    const IssuePtr issue = call.issue();
    removeComment(call.actor(), *issue, commentOf(call, *issue).id);
    return Response::empty(204);
}

} // namespace jira_sim::handle
