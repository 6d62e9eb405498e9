#include <algorithm>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

/// Entity properties of comments, and comments by their ids.
namespace jira_sim::handle {

namespace {

constexpr std::size_t keyLimit = 255;
constexpr std::size_t valueLimit = 32768;
constexpr std::size_t idLimit = 1000;

struct Found {
    IssuePtr issue;
    const Comment* comment = nullptr;
};

/// Nothing when there is none, or none that the person may read.
Found findComment(const Call& call, const std::string& id) {
    const auto home = call.site->issueOfComment.find(id);
    const IssuePtr issue =
        home == call.site->issueOfComment.end() ? nullptr : call.site->issues.find(home->second);
    if (!issue || issue->archived ||
        !may(*call.user, "BROWSE_PROJECTS", call.site->project(issue->projectId)))
        return {};
    for (const Comment& comment : issue->comments)
        if (comment.id == id && mayRead(*call.user, comment))
            return {issue, &comment};
    return {};
}

Found commentOf(const Call& call) {
    const Found found = findComment(call, call.param("commentId"));
    if (found.comment == nullptr)
        throw Refusal{
            reply::message(404, "Can not find a comment for the id: " + call.param("commentId") + ".")};
    return found;
}

/// A property is no edit: neither editor nor time change, and nobody is told.
void store(const Call& call, const Found& found, const Comment& comment) {
    Issue next = *found.issue;
    for (Comment& item : next.comments)
        if (item.id == comment.id)
            item = comment;
    call.world().store(*call.site, next);
}

Response noProperty(const Call& call) {
    return reply::message(404, "The property with key '" + call.param("propertyKey") + "' does not exist.");
}

} // namespace

Response listComments(Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"ids"});
    json::ArrayPtr ids = json::asArray(json::member(body, "ids"));
    if (ids.isNull() || ids->size() > idLimit)
        return reply::message(400, ids.isNull() ? "The list of comment IDs is missing."
                                                : "A maximum of 1000 comment IDs can be specified.");
    const auto wanted = call.request.params("expand");
    const bool withProperties = std::find(wanted.begin(), wanted.end(), "properties") != wanted.end();
    json::ArrayPtr values = json::array();
    for (const json::Value& id : *ids) {
        if (!json::isInteger(id))
            throw Refusal{reply::invalidPayload()};
        const Found found = findComment(call, std::to_string(id.convert<std::int64_t>()));
        if (found.comment != nullptr)
            values->add(view::comment(call, *found.issue, *found.comment, withProperties));
    }
    const auto total = static_cast<std::int64_t>(values->size());
    return Response::json(200, json::object({{"maxResults", static_cast<std::int64_t>(idLimit)},
                                             {"startAt", 0},
                                             {"total", total},
                                             {"isLast", true},
                                             {"values", values}}));
}

Response commentProperties(Call& call) {
    const Found found = commentOf(call);
    json::ArrayPtr keys = json::array();
    for (const auto& entry : found.comment->properties)
        keys->add(json::object({{"self", call.apiUrl("/comment/" + found.comment->id + "/properties/" +
                                                     percentEncode(entry.first))},
                                {"key", entry.first}}));
    return Response::json(200, json::object({{"keys", keys}}));
}

Response commentProperty(Call& call) {
    const Found found = commentOf(call);
    const auto property = found.comment->properties.find(call.param("propertyKey"));
    if (property == found.comment->properties.end())
        return noProperty(call);
    return Response::json(
        200, json::object({{"key", property->first}, {"value", view::stored(property->second)}}));
}

Response putCommentProperty(Call& call) {
    const Found found = commentOf(call);
    const std::string& key = call.param("propertyKey");
    if (key.size() > keyLimit || call.request.body.size() > valueLimit)
        return reply::message(400, "A property key has at most 255 characters, its value at most 32768.");
    Comment comment = *found.comment;
    const bool isNew = comment.properties.count(key) == 0;
    comment.properties[key] = json::text(call.request.json);
    store(call, found, comment);
    return call.isDataCenter() ? Response::empty(isNew ? 201 : 200)
                               : Response::json(isNew ? 201 : 200, json::object());
}

Response deleteCommentProperty(Call& call) {
    const Found found = commentOf(call);
    Comment comment = *found.comment;
    if (comment.properties.erase(call.param("propertyKey")) == 0)
        return noProperty(call);
    store(call, found, comment);
    return Response::empty(204);
}

} // namespace jira_sim::handle
