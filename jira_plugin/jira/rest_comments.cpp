#include "rest_comments.hpp"

#include "json.hpp"
#include "json_writing.hpp"
#include "read_comment.hpp"
#include "read_metadata.hpp"

namespace jira_plugin::jira {
namespace {

constexpr int commentPage = 100; // Cloud's largest
/// Cloud keeps at most 5000 comments with an issue; a server that never ends its pages must not hold a
/// thread.
constexpr int pagesAtMost = 200;
constexpr const char* writeScope = "write:jira-work";

std::string pathOf(const std::string& issueId) {
    return "/issue/" + segment(issueId) + "/comment";
}

} // namespace

Comment RestComments::read(const Poco::JSON::Object::Ptr& object, const std::string& issueId) const {
    Comment comment = readComment(object);
    comment.issueId = issueId;
    if (object && object->has("body")) {
        comment.text = _dialect.plainText(object->get("body"));
    }
    return comment;
}

Comment RestComments::addComment(const std::string& issueId, const mapping::Document& body,
                                 const std::string& marker) {
    CallRequest request;
    request.method = "POST";
    request.path = pathOf(issueId) + queryString({{"expand", "properties"}});
    request.body = commentBody(_dialect.richText(body), marker);
    request.what = "comment on " + issueId;
    request.scope = writeScope;
    request.effect = Effect::Creates;
    request.topic = Topic::Comment;
    RestCall& jira = _dialect.call();
    Comment added = read(jira.object(request), issueId);
    if (added.id.empty()) {
        jira.throwUnreadable(request);
    }
    added.marker = marker; // also where the answer leaves properties out
    return added;
}

std::vector<Comment> RestComments::comments(const std::string& issueId) {
    CallRequest request;
    request.what = "read the comments of " + issueId;
    RestCall& jira = _dialect.call();
    std::vector<Comment> all;
    std::int64_t startAt = 0;
    for (int page = 0; startAt >= 0 && page < pagesAtMost; ++page) {
        request.path = pathOf(issueId) + queryString({{"startAt", std::to_string(startAt)},
                                                      {"maxResults", std::to_string(commentPage)},
                                                      {"orderBy", "created"},
                                                      {"expand", "properties"}});
        const auto answer = jira.object(request);
        const auto found = json::array(answer, "comments");
        if (!found) {
            jira.throwUnreadable(request);
        }
        for (std::size_t i = 0; i < found->size(); ++i) {
            Comment comment = read(json::objectAt(found, i), issueId);
            if (!comment.id.empty()) {
                all.push_back(std::move(comment));
            }
        }
        startAt = nextPage(answer, found->size(), startAt);
    }
    return all;
}

std::optional<Comment> RestComments::marked(const std::string& issueId, const std::string& marker,
                                            std::int64_t sinceMs) {
    const std::vector<Comment> all = comments(issueId);
    std::vector<std::string> untold; // newest first
    for (auto comment = all.rbegin(); comment != all.rend(); ++comment) {
        if (comment->marker == marker) {
            return *comment;
        }
        const bool isOlder = comment->createdMs != 0 && comment->createdMs < sinceMs;
        if (comment->marker.empty() && !isOlder) {
            untold.push_back(comment->id);
        }
    }
    const std::string id = untold.empty() ? "" : idOfMarked(untold, marker);
    for (const Comment& comment : all) {
        if (comment.id == id) {
            Comment found = comment;
            found.marker = marker;
            return found;
        }
    }
    return std::nullopt;
}

std::optional<Comment> RestComments::comment(const std::string& issueId, const std::string& commentId) {
    CallRequest request;
    request.path = pathOf(issueId) + "/" + segment(commentId) + queryString({{"expand", "properties"}});
    request.what = "read a comment of " + issueId;
    request.expected = {403, 404};
    RestCall& jira = _dialect.call();
    const HttpResponse response = jira.send(request);
    if (response.status == 403 || response.status == 404) {
        if (_dialect.saysAbsent(response)) {
            return std::nullopt;
        }
        jira.throwFor(response, request);
    }
    Comment comment = read(json::parseObject(response.body), issueId);
    if (comment.id.empty()) {
        jira.throwUnreadable(request);
    }
    return comment;
}

} // namespace jira_plugin::jira
