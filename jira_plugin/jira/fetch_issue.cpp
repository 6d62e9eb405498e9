#include "fetch_issue.hpp"

#include "json.hpp"

namespace jira_plugin::jira {

Poco::JSON::Object::Ptr fetchIssue(RestDialect& dialect, const std::string& idOrKey,
                                   const std::string& fields) {
    CallRequest request;
    request.path = "/issue/" + segment(idOrKey) + queryString({{"fields", fields}});
    request.what = "read " + idOrKey;
    request.expected = {403, 404};
    RestCall& jira = dialect.call();
    const HttpResponse response = jira.send(request);
    if (response.status == 403 || response.status == 404) {
        if (dialect.saysAbsent(response)) {
            return {};
        }
        jira.throwFor(response, request);
    }
    auto object = json::parseObject(response.body);
    if (json::text(object, "id").empty()) {
        jira.throwUnreadable(request);
    }
    return object;
}

} // namespace jira_plugin::jira
