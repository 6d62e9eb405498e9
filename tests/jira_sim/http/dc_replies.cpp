#include "http/dc_replies.hpp"

#include <set>

#include "http/replies.hpp"
#include "http/signature_base.hpp"

namespace jira_sim::reply::dc {

namespace {

const char* phrase(int status) {
    switch (status) {
    case 404:
        return "Not Found";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Error";
    }
}

int oauthStatus(const std::string& problem) {
    static const std::set<std::string> bad = {"signature_method_rejected", "timestamp_refused",
                                              "parameter_absent", "parameter_rejected", "version_rejected"};
    if (problem == "user_refused" || problem == "consumer_key_refused")
        return 503;
    return bad.count(problem) != 0 ? 400 : 401;
}

std::string realm(const std::string& baseUrl) {
    return "OAuth realm=\"" + percentEncode(baseUrl) + "\"";
}

} // namespace

Response tomcat(int status, const std::string& message) {
    const std::string heading =
        "HTTP Status " + std::to_string(status) + " \xE2\x80\x93 " + htmlEscape(phrase(status));
    return Response::html(
        status, "<!doctype html><html lang=\"en\"><head><title>" + heading + "</title></head><body><h1>" +
                    heading +
                    "</h1><hr class=\"line\" /><p><b>Type</b> Status Report</p><p><b>Message"
                    "</b> " +
                    htmlEscape(message) + "</p><hr class=\"line\" /><h3>Apache Tomcat</h3></body></html>");
}

Response framework(int status, const std::string& message) {
    return Response::json(status, json::object({{"message", message}, {"status-code", status}}));
}

Response notFound(const std::string& origin, const Request& request) {
    return framework(404, "null for uri: " + origin + request.target);
}

Response issueHidden(bool exists, bool anonymous) {
    if (!exists)
        return message(404, "Issue Does Not Exist");
    ErrorCollection errors{{"You do not have the permission to see the specified issue."}, {}};
    if (anonymous)
        errors.messages.emplace_back("Login Required");
    return reply::errors(anonymous ? 401 : 403, errors);
}

Response anonymous(const std::string& baseUrl) {
    return framework(401, "Client must be authenticated to access this resource.")
        .with("WWW-Authenticate", realm(baseUrl));
}

Response wrongCredentials(const std::string& baseUrl) {
    return Response::html(401, "<html>\n<head>\n<title>Unauthorized (401)</title>\n</head>\n<body>\n<h1>"
                               "Unauthorized (401)</h1>\n<p>Basic Authentication Failure - Reason : "
                               "AUTHENTICATED_FAILED</p>\n</body>\n</html>\n")
        .with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
        .with("WWW-Authenticate", realm(baseUrl));
}

Response captcha(const std::string& baseUrl) {
    return Response::html(403,
                          "<html>\n<head>\n<title>Forbidden (403)</title>\n</head>\n<body>\n<h1>Forbidden "
                          "(403)</h1>\n<p>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED"
                          "</p>\n</body>\n</html>\n")
        .with("X-Seraph-LoginReason", "AUTHENTICATION_DENIED")
        .with("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=" + baseUrl + "/login.jsp");
}

Response oauthProblem(const std::string& baseUrl, const OAuth1Problem& problem) {
    NameValues all = {{"oauth_problem", problem.problem}};
    all.insert(all.end(), problem.details.begin(), problem.details.end());
    std::string header = realm(baseUrl);
    for (const auto& [name, value] : all)
        header += ", " + oauth1::encode(name) + "=\"" + oauth1::encode(value) + "\"";
    Response response;
    response.status = oauthStatus(problem.problem);
    response.contentType = "application/x-www-form-urlencoded;charset=UTF-8";
    response.body = oauth1::form(all);
    return response.with("WWW-Authenticate", header);
}

Response toLogin(const std::string& contextPath, const Request& request) {
    const std::string wanted = request.target.substr(contextPath.size());
    return Response::redirect(contextPath +
                              "/login.jsp?permissionViolation=true&os_destination=" + percentEncode(wanted));
}

Response fault(const FaultPlan& plan, std::int64_t nowMs) {
    Response response =
        tomcat(plan.status, plan.status == 429 ? "Rate limit exceeded." : phrase(plan.status));
    if (plan.status == 429)
        response.with("X-RateLimit-Limit", "5")
            .with("X-RateLimit-Remaining", "0")
            .with("X-RateLimit-Interval-Seconds", "1")
            .with("X-RateLimit-FillRate", "5");
    const std::string retry = retryHeader(plan, nowMs, plan.status == 429 ? "1" : "");
    if (!retry.empty())
        response.with("Retry-After", retry);
    return response;
}

} // namespace jira_sim::reply::dc
