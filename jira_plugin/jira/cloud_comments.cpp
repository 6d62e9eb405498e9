#include "rest_comments.hpp"

#include "json.hpp"
#include "read_comment.hpp"

#include <algorithm>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t mostIds = 1000; // of one request
constexpr const char* digits = "0123456789";

/// Ids are numbers here, and nothing else gets into the body.
std::string listBody(const std::vector<std::string>& commentIds, std::size_t from) {
    std::string ids;
    for (std::size_t i = from; i < std::min(from + mostIds, commentIds.size()); ++i) {
        if (commentIds[i].find_first_not_of(digits) == std::string::npos) {
            ids += (ids.empty() ? "" : ",") + commentIds[i];
        }
    }
    return R"({"ids":[)" + ids + "]}";
}

} // namespace

/// Source: REST v3, "Get comments by IDs", whose expand names properties.
std::string CloudComments::idOfMarked(const std::vector<std::string>& commentIds, const std::string& marker) {
    CallRequest request;
    request.method = "POST";
    request.path = "/comment/list" + queryString({{"expand", "properties"}});
    request.what = "look for a comment of ours";
    RestCall& jira = dialect().call();
    for (std::size_t from = 0; from < commentIds.size(); from += mostIds) {
        request.body = listBody(commentIds, from);
        const auto found = json::array(jira.object(request), "values");
        if (!found) {
            jira.throwUnreadable(request);
        }
        for (std::size_t i = 0; i < found->size(); ++i) {
            const Comment comment = readComment(json::objectAt(found, i));
            if (comment.marker == marker) {
                return comment.id;
            }
        }
    }
    return {};
}

} // namespace jira_plugin::jira
