#include "auth_answer.hpp"

namespace jira_plugin::settings {
namespace {

using connection::AuthOutcome;

int statusOf(AuthOutcome outcome) {
    switch (outcome) {
    case AuthOutcome::StateMissing:
    case AuthOutcome::StateUnknown:
    case AuthOutcome::StateExpired:
    case AuthOutcome::StateUsed:
        return 400;
    case AuthOutcome::StateOfAnother:
        return 403;
    case AuthOutcome::ProviderError:
    case AuthOutcome::CodeRefused:
    case AuthOutcome::ClientRefused:
    case AuthOutcome::JiraRefused:
        return 502;
    case AuthOutcome::HandoverEnded:
        return 410;
    case AuthOutcome::ClockSkew:
    case AuthOutcome::Unreachable:
        return 503;
    default:
        return 409;
    }
}

} // namespace

std::optional<ApiProblem> problemOf(const connection::AuthResult& result) {
    const bool waits =
        result.outcome == AuthOutcome::ChooseSite || result.outcome == AuthOutcome::ConfirmOtherSite;
    if (result.isConnected() || waits)
        return std::nullopt;
    return ApiProblem(statusOf(result.outcome), connection::toString(result.outcome), result.message,
                      result.remedy);
}

void requireConnected(const connection::AuthResult& result) {
    if (const auto problem = problemOf(result))
        throw *problem;
    if (!result.isConnected())
        throw ApiProblem(409, connection::toString(result.outcome), result.message, result.remedy, "confirm");
}

Poco::JSON::Object::Ptr siteJson(const connection::Site& site) {
    Poco::JSON::Object::Ptr json = new Poco::JSON::Object;
    json->set("id", site.id);
    json->set("name", site.name);
    json->set("url", site.url);
    return json;
}

Poco::JSON::Array::Ptr sitesJson(const std::vector<connection::Site>& sites) {
    Poco::JSON::Array::Ptr json = new Poco::JSON::Array;
    for (const auto& site : sites)
        json->add(siteJson(site));
    return json;
}

} // namespace jira_plugin::settings
