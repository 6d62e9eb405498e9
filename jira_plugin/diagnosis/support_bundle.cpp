#include "support_bundle.hpp"

#include "redaction.hpp"

#include "store/outbox_listing.hpp"
#include "store/pause_store.hpp"

#include <array>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/JSON/Array.h>
#include <Poco/Timestamp.h>
#include <Poco/Version.h>
#include <openssl/crypto.h>

namespace jira_plugin::diagnosis {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

struct Key {
    const char* name;
    bool isShown; ///< false: only whether it is set
};
constexpr std::array<Key, 10> keys{{{"jira.cloud.auth_url", true},
                                    {"jira.cloud.api_url", true},
                                    {"jira.cloud.client_id", false},
                                    {"jira.cloud.client_secret", false},
                                    {"jira.tls.ca_file", true},
                                    {"jira.network.allow_private", true},
                                    {"jira.network.allow_http", true},
                                    {"jira.http.timeout_seconds", true},
                                    {"jira.push.lanes", true},
                                    {"jira.push.settle_seconds", true}}};

Object::Ptr object() {
    return new Object(Poco::JSON_PRESERVE_KEY_ORDER);
}

Var time(std::int64_t ms) {
    return ms <= 0 ? Var()
                   : Var(Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000),
                                                         Poco::DateTimeFormat::ISO8601_FORMAT));
}

Object::Ptr versions(const std::string& plugin) {
    Object::Ptr json = object();
    json->set("plugin", plugin);
    json->set("poco", std::to_string(POCO_VERSION >> 24) + "." + std::to_string((POCO_VERSION >> 16) & 255) +
                          "." + std::to_string((POCO_VERSION >> 8) & 255));
    json->set("openssl", std::string(OpenSSL_version(OPENSSL_VERSION)));
    return json;
}

Object::Ptr configuration(host::Config& config) {
    Object::Ptr json = object();
    for (const auto& key : keys) {
        const std::string value = config.get(key.name).value_or("");
        json->set(key.name, value.empty() ? "not set" : key.isShown ? value : "set");
    }
    return json;
}

Object::Ptr connectionJson(const connection::ConnectionStatus& status) {
    Object::Ptr json = object();
    json->set("state", std::string(connection::toString(status.state)));
    json->set("siteId", status.siteId);
    json->set("siteUrl", status.siteUrl);
    json->set("scopes", status.scopes);
    json->set("connectedAt", time(status.connectedAtMs));
    json->set("tokenExpiresAt", time(status.tokenExpiresAtMs));
    json->set("problem", status.message);
    return json;
}

Array::Ptr mappingsJson(const std::vector<mapping::ProjectMapping>& mappings) {
    Array::Ptr list = new Array;
    for (const auto& mapping : mappings) {
        Array::Ptr fields = new Array; // their values may say more than their names
        for (const auto& [id, value] : mapping.extraFields)
            fields->add(id);
        Object::Ptr json = object();
        json->set("project", mapping.projectKey);
        json->set("jiraProject", mapping.jiraProjectKey);
        json->set("jiraProjectId", mapping.jiraProjectId);
        json->set("issueType", mapping.issueTypeName);
        json->set("issueTypeId", mapping.issueTypeId);
        json->set("hasAssignee", !mapping.assigneeId.empty());
        json->set("extraFields", fields);
        list->add(json);
    }
    return list;
}

Object::Ptr queueJson(store::Database& database, const std::string& organisation) {
    store::OutboxListing listing(database);
    Object::Ptr counts = object();
    for (const auto& [state, count] : listing.counts(organisation))
        counts->set(host::toString(store::toPushState(state)), count);
    Array::Ptr causes = new Array; // without Jira's words, which may quote a ticket
    for (const auto& cause : listing.causes(organisation)) {
        Object::Ptr json = object();
        json->set("cause", cause.cause);
        json->set("state", std::string(host::toString(store::toPushState(cause.state))));
        json->set("count", cause.count);
        causes->add(json);
    }
    Object::Ptr json = object();
    json->set("counts", counts);
    json->set("causes", causes);
    const auto pause = store::PauseStore(database).find(organisation);
    json->set("lastPause", pause ? Var(pause->message) : Var());
    json->set("lastPauseUntil", pause ? time(pause->untilMs) : Var());
    return json;
}

/// Without addresses: on a Data Center they hold a secret.
Var webhookJson(const Ground& ground, const std::string& organisation) {
    if (!ground.health)
        return {};
    const auto health = ground.health->health(organisation);
    Object::Ptr json = object();
    json->set("state", std::string(sync::toString(health.state)));
    json->set("message", health.message);
    json->set("since", time(health.sinceMs));
    json->set("checkedAt", time(health.checkedAtMs));
    json->set("heardAt", time(health.heardAtMs));
    json->set("delayMs", health.delayMs < 0 ? Var() : Var(health.delayMs));
    json->set("expiresAt", time(health.expiresAtMs));
    json->set("webhooks", static_cast<std::int64_t>(health.ids.size()));
    return json;
}

/// The counts alone: the rows quote tickets.
Var reconciliationJson(const Ground& ground, const std::string& organisation) {
    const auto report = ground.health ? ground.health->report(organisation) : std::nullopt;
    if (!report)
        return {};
    Object::Ptr json = object();
    json->set("state", std::string(sync::toString(report->state)));
    json->set("reason", report->reason);
    json->set("problem", report->problem);
    json->set("startedAt", time(report->startedAtMs));
    json->set("finishedAt", time(report->finishedAtMs));
    json->set("checked", report->checked);
    json->set("changed", report->changed);
    json->set("gone", report->gone);
    json->set("drifted", report->drifted);
    json->set("orphans", report->orphanCount);
    json->set("doubles", report->doubleCount);
    json->set("requests", report->requests);
    return json;
}

Var lastChecks(Checks& checks, const std::string& organisation) {
    const auto last = checks.last(organisation);
    if (!last)
        return {};
    Array::Ptr results = new Array;
    for (const auto& result : last->results)
        results->add(toJson(result));
    Object::Ptr json = object();
    json->set("at", time(last->atMs));
    json->set("results", results);
    return json;
}

} // namespace

Object::Ptr toJson(const CheckResult& result) {
    const auto textOrNull = [](const std::string& text) { return text.empty() ? Var() : Var(text); };
    Var fix;
    if (result.judgement.fix) {
        Object::Ptr offered = object();
        offered->set("id", result.judgement.fix->id);
        offered->set("label", result.judgement.fix->label);
        fix = offered;
    }
    Object::Ptr json = object();
    json->set("check", result.check);
    json->set("project", textOrNull(result.project));
    json->set("title", result.title);
    json->set("state", std::string(toString(result.judgement.state)));
    json->set("evidence", textOrNull(result.judgement.evidence));
    json->set("cause", textOrNull(result.judgement.cause));
    json->set("remedy", textOrNull(result.judgement.remedy));
    json->set("fix", fix);
    json->set("tookMs", result.tookMs);
    return json;
}

Object::Ptr supportBundle(Checks& checks, const std::string& organisation, const std::string& version) {
    const Ground& ground = checks.ground();
    Object::Ptr json = object();
    json->set("createdAt", time(ground.host.clock.nowMs()));
    json->set("versions", versions(version));
    json->set("organisation", organisation);
    json->set("settingsPage", ground.host.urls.settingsPage());
    json->set("configuration", configuration(ground.host.config));
    json->set("connection", connectionJson(ground.status(organisation)));
    json->set("mappings", mappingsJson(ground.mappings.projects(organisation)));
    json->set("queue", queueJson(ground.database, organisation));
    json->set("webhook", webhookJson(ground, organisation));
    json->set("reconciliation", reconciliationJson(ground, organisation));
    json->set("lastChecks", lastChecks(checks, organisation));
    const std::vector<std::string> secrets{ground.host.config.get("jira.cloud.client_secret").value_or(""),
                                           ground.host.config.get("jira.cloud.client_id").value_or("")};
    return redacted(Var(json), secrets).extract<Object::Ptr>();
}

} // namespace jira_plugin::diagnosis
