#pragma once

#include "../diagnosis/fake_probe.hpp"
#include "../each_engine.hpp"
#include "../jira/scripted_transport.hpp"
#include "../mapping/samples.hpp"
#include "../push/fake_host.hpp"
#include "../push/fake_jira.hpp"

#include "diagnosis/checks.hpp"
#include "json.hpp"
#include "push/push_parts.hpp"
#include "push/push_service.hpp"
#include "push/push_worker.hpp"
#include "settings/api.hpp"
#include "sync/health.hpp"
#include "sync/manual_link.hpp"
#include "sync/settings_store.hpp"
#include "trial/test_tickets.hpp"

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

/// The settings API on a real store and a real outbox, between a host and a Jira in memory.
namespace settings_test {

namespace host = jira_plugin::host;
namespace jira = jira_plugin::jira;
namespace mapping = jira_plugin::mapping;
namespace push = jira_plugin::push;
namespace settings = jira_plugin::settings;
namespace store = jira_plugin::store;
namespace connection = jira_plugin::connection;
using test_support::Json;

inline const std::string acme = "acme";

/// Two projects and one finding in acme, one project of the same key in globex.
class Host : public push_test::FakeHost {
public:
    using FakeHost::get;

    std::optional<host::Finding> get(const std::string& organisation, const std::string& id) override {
        const auto found = findings.find(id);
        return found != findings.end() && found->second.organisation == organisation
                   ? std::optional<host::Finding>(found->second)
                   : std::nullopt;
    }
    std::vector<host::Finding> list(const std::string& organisation, const std::string& project,
                                    const std::string& after, std::size_t limit) override {
        std::vector<host::Finding> page;
        for (const auto& [id, finding] : findings)
            if (id > after && finding.organisation == organisation && page.size() < limit &&
                (project.empty() || finding.project == project))
                page.push_back(finding);
        return page;
    }
    std::vector<host::Project> projects(const std::string& organisation) override {
        return directory[organisation];
    }
    std::optional<host::Project> project(const std::string& organisation, const std::string& id) override {
        for (const auto& project : directory[organisation])
            if (project.id == id)
                return project;
        return std::nullopt;
    }
    void record(const std::string& organisation, const std::string& actor, const std::string& action,
                const std::string& object, const std::string&) override {
        audits.push_back(organisation + " " + actor + " " + action + " " + object);
    }

    std::map<std::string, host::Finding> findings{{"f-1", samples::finding()}};
    std::map<std::string, std::vector<host::Project>> directory{
        {"acme", {{"p1", "payments-api", "Payments API"}, {"p2", "auth-service", "Auth Service"}}},
        {"globex", {{"g1", "payments-api", "Payments"}}}};
    std::vector<std::string> audits;
};

/// Projects PAY and AUTH, with a sub-task type; SEC is visible without the permission to create.
class Jira : public push_test::FakeJira {
public:
    Jira() {
        screen = samples::screen();
        usersById["acc-ann"] = {"acc-ann", "Ann Example", "", true};
        usersByQuery["ann"] = {usersById["acc-ann"]};
    }

    std::vector<jira::Permission> permissions(const std::string& key,
                                              const std::vector<std::string>& keys) override {
        ++metadataReads;
        std::vector<jira::Permission> out;
        out.reserve(keys.size());
        for (const auto& each : keys)
            out.push_back({each, key != "SEC" && denied.count(each) == 0});
        return out;
    }
    jira::Page<jira::ProjectRef> projects(const std::string& query, std::int64_t startAt, int) override {
        lastQuery = query + "@" + std::to_string(startAt);
        jira::Page<jira::ProjectRef> page;
        if (!hasNoProjects)
            page.values = known;
        page.total = static_cast<std::int64_t>(page.values.size());
        return page;
    }
    jira::ProjectRef project(const std::string& idOrKey) override {
        ++metadataReads;
        if (isDown)
            throw jira::RetryLater("Jira did not answer.", "Try again later.", 7000);
        for (const auto& project : known)
            if (project.id == idOrKey || project.key == idOrKey)
                return project;
        throw jira::Refusal(404, "No project could be found with key '" + idOrKey + "'.", "Check the key.",
                            {});
    }
    std::vector<jira::IssueType> issueTypes(const std::string&) override {
        ++metadataReads;
        return types;
    }
    std::vector<jira::TypeStatuses> workflowStatuses(const std::string&) override { return statuses; }
    std::optional<jira::Issue> issue(const std::string& id) override {
        for (const auto& each : issues)
            if (each.id == id)
                return each;
        return std::nullopt;
    }
    std::optional<jira::StoredIssue> storedIssue(const std::string& id,
                                                 const std::vector<std::string>&) override {
        const auto found = issue(id);
        if (!found)
            return std::nullopt;
        return jira::StoredIssue{found->id, found->key, {{"summary", test_support::quoted(found->summary)}}};
    }
    void deleteIssue(const std::string&) override { issues.clear(); }
    std::string renderCreate(const mapping::TicketDraft& draft) const override {
        return R"({"fields":{"summary":)" + test_support::quoted(draft.summary) + "}}";
    }

    std::vector<jira::ProjectRef> known{{"10000", "PAY", "Payments", false},
                                        {"10001", "AUTH", "Authentication", true},
                                        {"10002", "SEC", "Security", false}};
    std::vector<jira::IssueType> types{
        {"10004", "Bug", false}, {"10005", "Task", false}, {"10006", "Sub-task", true}};
    std::vector<jira::TypeStatuses> statuses{{"10004", {{"1", "To Do", "new"}, {"3", "Done", "done"}}}};
    std::set<std::string> denied; ///< permissions
    bool hasNoProjects = false;
    bool isDown = false;
    std::string lastQuery;
    int metadataReads = 0; ///< of projects, permissions and issue types
};

/// A connection that says what it is told to.
class Desk : public settings::ConnectionDesk {
public:
    connection::ConnectionStatus status(const std::string& organisation) override {
        return forwards ? cloud->status(organisation) : state;
    }
    std::string begin(const std::string& organisation, const std::string& user) override {
        if (state.state == connection::ConnectionStatus::State::NotConfigured)
            throw jira::NotConfigured(connection::notConfiguredMessage, connection::notConfiguredRemedy);
        return "https://auth.example/authorize?state=" + organisation + "-" + user;
    }
    connection::AuthResult finish(const std::string& organisation, const std::string& user,
                                  const std::map<std::string, std::string>& query) override {
        lastQuery = query;
        return forwards ? cloud->finishAuthorization(organisation, user, query) : result;
    }
    std::vector<connection::Site> sites(const std::string&, const std::string&) override { return waiting; }
    connection::AuthResult chooseSite(const std::string&, const std::string&, const std::string& site,
                                      bool confirmed) override {
        chosen = site;
        return connection::authResult(confirmed || !asksFirst ? connection::AuthOutcome::Connected
                                                              : connection::AuthOutcome::ConfirmOtherSite);
    }
    bool disconnect(const std::string&, const std::string&) override {
        state.state = connection::ConnectionStatus::State::NotConnected;
        return true;
    }
    connection::Handovers& handovers() override {
        if (breaks)
            throw std::logic_error("broken on purpose");
        return cloud->handovers();
    }

    connection::ServerAuthorization& server() override { return dataCenter->authorization(); }

    void renew(const std::string& organisation) override { renewed.push_back(organisation); }

    std::vector<std::string> renewed;
    connection::ConnectionStatus state;
    connection::AuthResult result = connection::authResult(connection::AuthOutcome::Connected);
    std::vector<connection::Site> waiting;
    std::map<std::string, std::string> lastQuery;
    std::string chosen;
    bool asksFirst = false;
    connection::CloudConnections* cloud = nullptr;       ///< the real one, whose links are handed over
    connection::ServerConnections* dataCenter = nullptr; ///< the real one
    bool forwards = false; ///< to the real one, instead of what it is told to say
    bool breaks = false;
};

inline settings::Principal admin() {
    settings::Principal who;
    who.user = "alice";
    who.userName = "Alice";
    who.organisation = acme;
    who.organisationName = "Acme";
    who.isAdmin = true;
    who.csrfHeader = "X-CSRF-Token";
    who.csrfToken = "csrf-1";
    return who;
}

/// Administers payments-api only.
inline settings::Principal projectAdmin() {
    auto who = admin();
    who.user = "paul";
    who.isAdmin = false;
    who.isProjectAdmin = true;
    who.administeredProjects = {"p1"};
    return who;
}

inline settings::Principal member() {
    auto who = admin();
    who.user = "mia";
    who.isAdmin = false;
    return who;
}

/// Says what it is told to.
class FakeHealth : public jira_plugin::sync::Health {
public:
    using WebhookHealth = jira_plugin::sync::WebhookHealth;

    WebhookHealth health(const std::string& organisation) override {
        return organisation == acme ? state : WebhookHealth{};
    }
    std::optional<jira_plugin::sync::ManualSetup> manualSetup(const std::string&) override { return setup; }
    WebhookHealth check(const std::string& organisation) override { return done("check " + organisation); }
    WebhookHealth repair(const std::string& organisation, const std::string& user) override {
        return done("repair " + organisation + " " + user);
    }
    WebhookHealth renewSecrets(const std::string& organisation, const std::string& user) override {
        return done("rotate " + organisation + " " + user);
    }
    bool reconcile(const std::string& organisation, const std::string& user) override {
        asked.push_back("reconcile " + organisation + " " + user);
        return !isReconciling;
    }
    std::optional<jira_plugin::sync::ReconciliationReport> report(const std::string&) override {
        return last;
    }

    WebhookHealth state;
    std::optional<jira_plugin::sync::ManualSetup> setup;
    std::optional<jira_plugin::sync::ReconciliationReport> last;
    bool isReconciling = false;
    std::vector<std::string> asked;

private:
    WebhookHealth done(const std::string& what) {
        asked.push_back(what);
        return state;
    }
};

/// Says what it is told to.
class FakeSyncDesk : public settings::SyncDesk {
public:
    Linked link(const std::string& organisation, const std::string& finding, const std::string& reference,
                const Actor& actor) override {
        return {ticket("link " + organisation + " " + finding + " " + reference + " " + actor.user), others};
    }
    host::TicketRef unlink(const std::string& organisation, const std::string& finding,
                           const Actor& actor) override {
        return ticket("unlink " + organisation + " " + finding + " " + actor.user);
    }
    void createAgain(const std::string& organisation, const std::string& finding,
                     const Actor& actor) override {
        ticket("again " + organisation + " " + finding + " " + actor.user);
    }
    Queue queue(const std::string&, Direction direction) override {
        return direction == Direction::Incoming ? incoming : outgoing;
    }
    std::int64_t retry(const std::string& organisation, Direction direction, const std::string& id,
                       const std::string& cause) override {
        asked.push_back("retry " + organisation + (direction == Direction::Incoming ? " in" : " out") + " '" +
                        id + "' '" + cause + "'");
        return retried;
    }
    bool drop(const std::string& organisation, const std::string& id) override {
        asked.push_back("drop " + organisation + " " + id);
        return retried > 0;
    }

    std::optional<jira_plugin::sync::LinkProblem> problem;
    std::vector<std::string> others;
    Queue incoming;
    Queue outgoing;
    std::int64_t retried = 1;
    std::vector<std::string> asked;

private:
    host::TicketRef ticket(const std::string& what) {
        if (problem)
            throw *problem;
        asked.push_back(what);
        host::TicketRef ticket;
        ticket.key = "PAY-7";
        ticket.url = "https://acme.atlassian.example/browse/PAY-7";
        return ticket;
    }
};

struct World {
    World() {
        connectionDesk.state.state = connection::ConnectionStatus::State::Connected;
        connectionDesk.state.deployment = connection::cloudDeployment;
        connectionDesk.state.siteId = "site-1";
        connectionDesk.state.siteName = "acme";
        connectionDesk.state.siteUrl = "https://acme.atlassian.example";
        connectionDesk.state.accountName = "Integration";
        connectionDesk.state.connectedAtMs = 1767225600000;
        connectionDesk.state.connectedBy = "alice";
        connectionDesk.cloud = &cloud;
        connectionDesk.dataCenter = &dataCenter;
        hosting.config = {{"jira.cloud.auth_url", "https://auth.example"},
                          {"jira.cloud.api_url", "https://api.example"},
                          {"jira.cloud.client_id", "the-client"},
                          {"jira.cloud.client_secret", "the-client-secret"}};
    }

    settings::Response send(const std::string& method, const std::string& path, const std::string& body = "",
                            const settings::Principal& who = admin()) {
        settings::Request request;
        request.method = method;
        const auto mark = path.find('?');
        request.path = path.substr(0, mark);
        request.query = mark == std::string::npos ? "" : path.substr(mark + 1);
        request.body = body;
        request.mountUrl = "https://aspm.example/settings/integrations/jira";
        request.principal = who;
        request.headers = headers;
        if (!body.empty() && request.header("content-type").empty())
            request.headers.emplace_back("content-type", "application/json");
        return api.handle(request);
    }

    Json ask(const std::string& method, const std::string& path, const std::string& body = "",
             const settings::Principal& who = admin()) {
        const auto response = send(method, path, body, who);
        INFO(method << " " << path << " -> " << response.status << " " << response.body);
        REQUIRE(response.status / 100 == 2);
        return Json::parse(response.body);
    }

    /// "status code field" of a refusal; checks that it says what happened and what to do.
    std::string refusal(const std::string& method, const std::string& path, const std::string& body = "",
                        const settings::Principal& who = admin()) {
        const auto response = send(method, path, body, who);
        INFO(method << " " << path << " -> " << response.status << " " << response.body);
        REQUIRE(response.status >= 400);
        const auto error = Json::parse(response.body)["error"];
        CHECK_FALSE(error["message"].text().empty());
        CHECK_FALSE(error["remedy"].text().empty());
        return std::to_string(response.status) + " " + error["code"].text() +
               (error.has("field") ? " " + error["field"].text() : "");
    }

    void mapPayments() { ask("PUT", "/api/mappings/p1", R"({"jiraProject":"PAY","issueType":"Bug"})"); }

    void enqueue(const std::string& finding) {
        auto each = samples::finding();
        each.id = finding;
        service.request({acme, "alice", false}, {each});
    }

    jira_plugin::EachEngine engine;
    Host hosting;
    host::Services services = hosting.services();
    std::shared_ptr<Jira> atlassian = std::make_shared<Jira>();
    push_test::FakeConnections connections{atlassian};
    Desk connectionDesk;
    store::Database database{engine.place()};
    std::shared_ptr<jira::ScriptedTransport> wire = std::make_shared<jira::ScriptedTransport>();
    connection::CloudConnections cloud{services, database, wire};
    connection::ServerConnections dataCenter{services, database, wire};
    mapping::MappingStore mappings{database};
    push::StoredMappings source{mappings};
    push::PushParts parts{database, connections, source, services};
    push::PushWorker worker{parts};
    push::PushService service{parts, worker};
    settings::OutboxDesk pushDesk{parts, service, worker};
    jira_plugin::trial::TestTickets testTickets{parts};
    diagnosis_test::FakeProbe network;
    FakeHealth health;
    jira_plugin::diagnosis::Checks checks{
        {services, connections, mappings, database, network,
         [this](const std::string& organisation) { return connectionDesk.status(organisation); }, &health}};
    jira_plugin::sync::SettingsStore syncSettings{database};
    FakeSyncDesk syncDesk;
    settings::Api api{settings::Parts{services, mappings, connections, connectionDesk, pushDesk,
                                      parts.metadata, testTickets, checks, syncSettings, health, syncDesk,
                                      "1.2.3"}};
    std::vector<std::pair<std::string, std::string>> headers;
};

} // namespace settings_test
