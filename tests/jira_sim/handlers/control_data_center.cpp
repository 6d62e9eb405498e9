#include <Poco/NumberParser.h>

#include "handlers/dc_handlers.hpp"

/// The control API's part for Data Center: application links and tokens.
namespace jira_sim::handle::dc {

namespace {

void requireDataCenter(const Call& call) {
    if (!call.isDataCenter())
        throw Refusal{reply::message(404, "Application links exist with --deployment dc only")};
}

json::ObjectPtr linkJson(const AppLink& link) {
    return json::object({{"id", link.id},
                         {"name", link.name},
                         {"url", link.url},
                         {"consumerKey", link.consumerKey},
                         {"consumerName", link.consumerName},
                         {"publicKey", link.publicKey},
                         {"callback", link.callback}});
}

} // namespace

Response listAppLinks(Call& call) {
    requireDataCenter(call);
    json::ArrayPtr list = json::array();
    for (const AppLink& link : call.world().appLinks().all())
        list->add(linkJson(link));
    return Response::json(200, json::object({{"applinks", list}}));
}

Response addAppLink(Call& call) {
    requireDataCenter(call);
    const json::ObjectPtr body = call.body();
    AppLink link;
    link.consumerKey = json::memberString(body, "consumerKey");
    link.consumerName = json::memberString(body, "consumerName", "Mayo ASPM");
    link.name = json::memberString(body, "name");
    link.url = json::memberString(body, "url", "https://aspm.example");
    link.publicKey = json::memberString(body, "publicKey");
    link.callback = json::memberString(body, "callback");
    return Response::json(201, linkJson(call.world().appLinks().add(std::move(link))));
}

Response changeAppLink(Call& call) {
    requireDataCenter(call);
    int id = 0;
    if (!Poco::NumberParser::tryParse(call.param("id"), id) ||
        !call.world().appLinks().setPublicKey(id, json::memberString(call.body(), "publicKey")))
        return reply::message(404, "No application link " + call.param("id"));
    return Response::empty(204);
}

Response removeAppLink(Call& call) {
    requireDataCenter(call);
    int id = 0;
    if (!Poco::NumberParser::tryParse(call.param("id"), id))
        return reply::message(404, "No application link " + call.param("id"));
    std::string consumer;
    for (const AppLink& link : call.world().appLinks().all())
        if (link.id == id)
            consumer = link.consumerKey;
    if (!call.world().appLinks().remove(id))
        return reply::message(404, "No application link " + call.param("id"));
    call.world().oauth1().forgetConsumer(consumer);
    return Response::empty(204);
}

Response grants(Call& call) {
    json::ArrayPtr list = json::array();
    for (const auto& [token, access] : call.world().oauth1().accessTokens()) {
        const User* user = call.world().user(access.accountId);
        list->add(json::object({{"account", user == nullptr ? "" : user->name},
                                {"consumerKey", access.consumerKey},
                                {"created", jiraDateTime(access.createdMs)},
                                {"revoked", access.revoked}}));
    }
    return Response::json(200, json::object({{"grants", list}}));
}

} // namespace jira_sim::handle::dc
