#include "organisation_checks.hpp"

#include "judge_connection.hpp"
#include "judge_network.hpp"
#include "judge_queue.hpp"
#include "judge_webhook.hpp"

#include "connection/connection_store.hpp"
#include "connection/server_authorization.hpp"
#include "jira/errors.hpp"
#include "store/outbox_listing.hpp"
#include "store/pause_store.hpp"

namespace jira_plugin::diagnosis {

connection::CloudApp OrganisationChecks::app() const {
    return connection::CloudApp::from(_ground.host.config, _ground.host.urls);
}

bool OrganisationChecks::isServer() const {
    return _ground.status(_organisation).deployment == connection::serverDeployment;
}

std::vector<std::string> OrganisationChecks::servers() const {
    if (isServer())
        return {_ground.status(_organisation).siteUrl};
    const auto configured = app();
    if (_ground.probe.host(configured.authUrl) == _ground.probe.host(configured.apiUrl))
        return {configured.apiUrl};
    return {configured.authUrl, configured.apiUrl};
}

Judgement OrganisationChecks::publicUrl() const {
    const std::string page = _ground.host.urls.settingsPage();
    if (isServer())
        return ok("Jira sends the browser back to " + page + connection::serverCallbackPath + ".");
    return judgePublicUrl(page, app().redirectUri);
}

Judgement OrganisationChecks::names() const {
    std::string evidence;
    for (const auto& url : servers()) {
        evidence += (evidence.empty() ? "" : "; ") + _ground.probe.host(url) + " is";
        for (const auto& address : _ground.probe.addresses(url))
            evidence += " " + address;
    }
    return ok(evidence + ".");
}

Judgement OrganisationChecks::tcp() const {
    std::string evidence;
    for (const auto& url : servers()) {
        _ground.probe.connect(url);
        evidence += (evidence.empty() ? "" : "; ") + _ground.probe.host(url) + " takes connections";
    }
    return ok(evidence + ".");
}

Judgement OrganisationChecks::tls() const {
    std::vector<TlsFacts> facts;
    for (const auto& url : servers())
        facts.push_back(_ground.probe.tls(url));
    return judgeTls(facts, _ground.host.clock.nowMs());
}

Judgement OrganisationChecks::clock() const {
    const std::string url = servers().back();
    const auto serverMs = _ground.probe.serverTimeMs(url);
    return judgeClock(_ground.host.clock.nowMs(), serverMs, _ground.probe.host(url));
}

Judgement OrganisationChecks::token() const {
    try {
        _ground.connections.client(_organisation)->serverInfo(); // renews the token where that is due
    } catch (const jira::RetryLater&) {
        Judgement judgement = judge(std::current_exception());
        judgement.fix = Fix{refreshToken, "Renew the token now"};
        return judgement;
    }
    return judgeToken(_ground.status(_organisation), _ground.host.clock.nowMs());
}

Judgement OrganisationChecks::queue() const {
    auto pause = store::PauseStore(_ground.database).find(_organisation);
    if (pause && pause->untilMs <= _ground.host.clock.nowMs())
        pause.reset();
    return judgeQueue(store::OutboxListing(_ground.database).counts(_organisation), pause);
}

/// Looks in Jira, and makes a change that is to be heard of.
Judgement OrganisationChecks::webhook() const {
    return _ground.health ? judgeWebhook(_ground.health->check(_organisation))
                          : skipped("No webhook is kept here.");
}

Judgement OrganisationChecks::webhookHeard() const {
    return _ground.health ? judgeHearing(_ground.health->health(_organisation))
                          : skipped("No webhook is kept here.");
}

Judgement OrganisationChecks::run(const std::string& id) {
    if (id == "configuration")
        return isServer() ? ok("Jira Data Center needs no app: an application link in Jira takes its place.")
                          : judgeConfiguration(app());
    if (id == "public_url")
        return publicUrl();
    if (id == "name_resolution")
        return names();
    if (id == "tcp")
        return tcp();
    if (id == "tls")
        return tls();
    if (id == "clock")
        return clock();
    if (id == "token")
        return token();
    if (id == "scopes")
        return isServer() ? ok("Jira Data Center has no scopes: the connected user's own permissions count.")
                          : judgeScopes(_ground.status(_organisation));
    if (id == "account")
        return judgeAccount(_ground.connections.client(_organisation)->myself());
    if (id == "projects")
        return judgeProjects(_ground.connections.client(_organisation)->projects("", 0, 1));
    if (id == "queue")
        return queue();
    return id == "webhook" ? webhook() : webhookHeard();
}

} // namespace jira_plugin::diagnosis
