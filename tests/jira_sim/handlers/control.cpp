#include "handlers/control.hpp"

#include <Poco/NumberParser.h>

#include "handlers/dc_handlers.hpp"
#include "handlers/handlers.hpp"

namespace jira_sim {

namespace control {

Site& site(const Call& call, const std::string& name) {
    for (const auto& candidate : call.world().sites())
        if (name.empty() || candidate->name == name || candidate->cloudId == name)
            return *candidate;
    throw Refusal{reply::message(404, "No site '" + name + "'")};
}

User& person(const Call& call, const std::string& name) {
    for (User& user : call.world().users())
        if (user.accountId == name || user.displayName == name || (call.isDataCenter() && user.name == name))
            return user;
    throw Refusal{reply::message(404, "No account '" + name + "'; give an account id or a display name")};
}

User& hand(const Call& call, const std::string& name) {
    return name.empty() ? call.world().users().at(1) : person(call, name);
}

Project& project(const Site& site, const std::string& idOrKey) {
    if (Project* found = site.project(idOrKey))
        return *found;
    throw Refusal{reply::message(404, "No project '" + idOrKey + "' on site " + site.name)};
}

} // namespace control

namespace handle {

namespace {

json::ObjectPtr faultJson(const Fault& fault) {
    return json::object({{"id", fault.id},
                         {"fault", fault.spec},
                         {"fired", fault.fired},
                         {"timesLeft", fault.times < 0 ? json::Value() : json::Value(fault.times)}});
}

json::ArrayPtr names(const std::set<std::string>& set) {
    json::ArrayPtr list = json::array();
    for (const std::string& item : set)
        list->add(item);
    return list;
}

} // namespace

Response health(Call& call) {
    return Response::json(200, json::object({{"ready", true}, {"url", call.services.config.baseUrl()}}));
}

Response state(Call& call) {
    json::ArrayPtr sites = json::array(), users = json::array();
    for (const auto& site : call.world().sites()) {
        json::ArrayPtr projects = json::array();
        for (const auto& project : site->projects)
            projects->add(json::object(
                {{"id", std::to_string(project->id)}, {"key", project->key}, {"name", project->name}}));
        sites->add(json::object({{"cloudId", site->cloudId},
                                 {"name", site->name},
                                 {"url", site->url},
                                 {"issues", static_cast<std::int64_t>(site->issues.all().size())},
                                 {"projects", projects}}));
    }
    for (const User& user : call.world().users()) {
        json::ObjectPtr person = json::object({{"accountId", user.accountId},
                                               {"displayName", user.displayName},
                                               {"active", user.active},
                                               {"admin", user.admin}});
        if (call.isDataCenter()) {
            person->set("name", user.name);
            person->set("key", user.key);
        }
        users->add(person);
    }
    const Config& config = call.services.config;
    return Response::json(200, json::object({{"deployment", config.isDataCenter() ? "dc" : "cloud"},
                                             {"version", config.isDataCenter() ? config.release.text() : ""},
                                             {"sites", sites},
                                             {"users", users},
                                             {"indexDelayMs", call.world().indexDelayMs()},
                                             {"now", jiraDateTime(call.world().nowMs())}}));
}

Response listFaults(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Fault& fault : call.services.faults.list())
        list->add(faultJson(fault));
    return Response::json(200,
                          json::object({{"faults", list}, {"indexDelayMs", call.world().indexDelayMs()}}));
}

Response addFault(Call& call) {
    const std::string spec = json::memberString(call.body(), "fault");
    if (const auto delay = Faults::indexDelay(spec)) {
        call.world().setIndexDelayMs(*delay);
        return Response::json(200, json::object({{"indexDelayMs", *delay}}));
    }
    return Response::json(201, json::object({{"id", call.services.faults.add(spec)}}));
}

Response clearFaults(Call& call) {
    call.services.faults.clear();
    return Response::empty(204);
}

Response removeFault(Call& call) {
    const std::string& id = call.param("id");
    int number = 0;
    const bool known = Poco::NumberParser::tryParse(id, number) && call.services.faults.remove(number);
    return known ? Response::empty(204) : reply::message(404, "No fault " + id);
}

Response requestCounts(Call& call) {
    json::ObjectPtr byRoute = json::object();
    std::int64_t total = 0;
    for (const auto& [route, count] : call.services.trace.counts()) {
        byRoute->set(route, count);
        total += count;
    }
    return Response::json(200, json::object({{"total", total}, {"byRoute", byRoute}}));
}

Response clearTrace(Call& call) {
    call.services.trace.clear();
    return Response::empty(204);
}

Response secrets(Call& call) {
    json::ArrayPtr list = json::array();
    for (const std::string& token : call.world().grants().tokens())
        list->add(token);
    for (const auto& [token, access] : call.world().oauth1().accessTokens())
        for (const std::string& secret : {token, access.secret, access.sessionHandle})
            list->add(secret);
    for (const Webhook& webhook : call.world().webhooks().all())
        if (const auto secret = webhook.configuration.find("SECRET"); secret != webhook.configuration.end())
            list->add(secret->second);
    return Response::json(200, json::object({{"secrets", list}}));
}

Response grants(Call& call) {
    if (call.isDataCenter())
        return dc::grants(call);
    json::ArrayPtr list = json::array();
    for (const GrantPtr& grant : call.world().grants().all())
        list->add(json::object({{"accountId", grant->accountId},
                                {"scopes", names(grant->scopes)},
                                {"cloudIds", names(grant->cloudIds)},
                                {"revoked", grant->revoked}}));
    return Response::json(200, json::object({{"grants", list}}));
}

Response revokeGrants(Call& call) {
    const std::string account = json::memberString(call.body(), "account");
    const std::string id = account.empty() ? account : control::person(call, account).accountId;
    if (call.isDataCenter())
        return Response::json(200, json::object({{"revoked", call.world().oauth1().revoke(id)}}));
    return Response::json(200, json::object({{"revoked", call.world().grants().revoke(id)}}));
}

Response expireTokens(Call& call) {
    call.world().grants().expireAccessTokens();
    call.world().oauth1().expireAccessTokens();
    return Response::empty(204);
}

Response advanceClock(Call& call) {
    const json::Value by = json::member(call.body(), "advanceMs");
    if (!json::isInteger(by))
        return reply::message(400, "advanceMs must be a whole number of milliseconds; it may be negative");
    call.world().clock().advanceMs(by.convert<std::int64_t>());
    call.services.deliveries.wake();
    return Response::json(200, json::object({{"now", jiraDateTime(call.world().nowMs())}}));
}

} // namespace handle
} // namespace jira_sim
