#include "handlers.hpp"

#include "auth_answer.hpp"
#include "web/pages.hpp"

namespace jira_plugin::settings {
namespace {

using connection::AuthResult;
using Poco::JSON::Object;

bool wantsJson(const Request& request) {
    return request.header("Accept").find("application/json") != std::string::npos;
}

/// Where the page leads. A member who was handed the consent has no business on the admins' pages.
std::string nextOf(const Context& context, const AuthResult& result, bool progress) {
    const std::string& mount = context.request.mountUrl;
    const std::string query = std::string("?result=") + connection::toString(result.outcome);
    if (result.handedOver)
        return mount + "/authorize/return" + query;
    return mount + "/connect" + (progress ? query : "");
}

Response jsonAnswer(const AuthResult& result) {
    Object::Ptr json = new Object;
    json->set("result", std::string(connection::toString(result.outcome)));
    json->set("message", result.message);
    json->set("remedy", result.remedy);
    json->set("sites", sitesJson(result.sites));
    return jsonResponse(200, json);
}

Response answer(Context& context, const AuthResult& result) {
    const auto problem = problemOf(result);
    if (wantsJson(context.request))
        return problem ? problemResponse(*problem) : jsonAnswer(result);
    return web::callbackPage(context.request, problem ? problem->status() : 200,
                             connection::toString(result.outcome), result.message, result.remedy,
                             nextOf(context, result, !problem));
}

/// A person looks at this in a browser that Atlassian sent back: a page instead of JSON.
Response failure(Context& context, const ApiProblem& problem) {
    if (wantsJson(context.request))
        return problemResponse(problem);
    return web::callbackPage(context.request, problem.status(), problem.code(), problem.what(),
                             problem.remedy(), context.request.mountUrl + "/connect");
}

template <class Finish> Response finish(Context& context, Finish&& finishing) {
    try {
        const AuthResult result = finishing();
        if (result.isConnected())
            context.parts.metadata.drop(context.organisation());
        return answer(context, result);
    } catch (const std::exception&) {
        if (const auto problem = problemOf(std::current_exception()))
            return failure(context, *problem);
        throw;
    }
}

} // namespace

Response finishOauth(Context& context) {
    return finish(context, [&] {
        return context.parts.connection.finish(context.organisation(), context.who.user, context.query());
    });
}

Response finishOauth1(Context& context) {
    return finish(context, [&] {
        return context.parts.connection.server().finish(context.organisation(), context.who.user,
                                                        context.query());
    });
}

} // namespace jira_plugin::settings
