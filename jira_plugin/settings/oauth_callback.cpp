#include "handlers.hpp"

#include "auth_answer.hpp"
#include "web/pages.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::JSON::Object;

bool wantsJson(const Request& request) {
    return request.header("Accept").find("application/json") != std::string::npos;
}

Response success(Context& context, const connection::AuthResult& result) {
    const std::string word = connection::toString(result.outcome);
    if (!wantsJson(context.request))
        return {303,
                {{"Location", context.request.mountUrl + "/?result=" + word}, {"Cache-Control", "no-store"}},
                ""};
    Object::Ptr json = new Object;
    json->set("result", word);
    json->set("message", result.message);
    json->set("remedy", result.remedy);
    json->set("sites", sitesJson(result.sites));
    return jsonResponse(200, json);
}

/// A person looks at this in a browser that Atlassian sent back: a page instead of JSON.
Response failure(Context& context, const ApiProblem& problem) {
    if (wantsJson(context.request))
        return problemResponse(problem);
    return web::messagePage(context.request, problem.status(), "Jira was not connected", problem.what(),
                            problem.remedy());
}

} // namespace

Response finishOauth(Context& context) {
    try {
        const auto result =
            context.parts.connection.finish(context.organisation(), context.who.user, context.query());
        requireProgress(result);
        context.parts.metadata.drop(context.organisation());
        return success(context, result);
    } catch (const std::exception&) {
        if (const auto problem = problemOf(std::current_exception()))
            return failure(context, *problem);
        throw;
    }
}

} // namespace jira_plugin::settings
