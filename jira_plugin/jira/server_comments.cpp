#include "rest_comments.hpp"

#include "json.hpp"
#include "read_comment.hpp"

namespace jira_plugin::jira {

/// Source: Jira 8.4.3 and 10.3 REST API, comment/{commentId}/properties/{propertyKey}.
std::string ServerComments::idOfMarked(const std::vector<std::string>& commentIds,
                                       const std::string& marker) {
    CallRequest request;
    request.what = "look for a comment of ours";
    request.expected = {403, 404};
    RestCall& jira = dialect().call();
    for (const std::string& id : commentIds) {
        request.path = "/comment/" + segment(id) + "/properties/" + segment(markerProperty);
        const HttpResponse response = jira.send(request);
        if (response.status == 403 || response.status == 404) {
            if (!dialect().saysAbsent(response)) {
                jira.throwFor(response, request);
            }
            continue; // somebody else's comment, or deleted meanwhile
        }
        const auto property = json::parseObject(response.body);
        if (!property) {
            jira.throwUnreadable(request);
        }
        if (readMarker(json::object(property, "value")) == marker) {
            return id;
        }
    }
    return {};
}

} // namespace jira_plugin::jira
