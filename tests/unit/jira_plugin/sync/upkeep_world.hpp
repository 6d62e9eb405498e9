#pragma once

#include "../each_engine.hpp"
#include "../push/fake_host.hpp"

#include "jira/errors.hpp"
#include "store/link_store.hpp"
#include "sync/upkeep.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// Everything that upkeep needs, on a real database, with a Jira in memory. For tests on one thread and those
/// that wait for the threads of Upkeep.
namespace upkeep_test {

namespace sync = jira_plugin::sync;
namespace jira = jira_plugin::jira;
namespace host = jira_plugin::host;
namespace store = jira_plugin::store;

inline const std::string acme = "acme";
inline const std::string site = "cloud-1";
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = 24LL * 60 * minuteMs;

/// The webhooks of one Jira.
class FakeWebhooks : public jira::Webhooks {
public:
    Kind kind() override { return whichKind; }
    std::vector<jira::Webhook> list() override {
        refuseWhenTold();
        ++requests;
        return all;
    }
    std::string add(const jira::WebhookOrder& order) override {
        refuseWhenTold();
        ++requests;
        if (onAdd)
            onAdd();
        if (whichKind == Kind::Dynamic && all.size() >= 5)
            throw jira::Refusal(400, "The limit of 5 webhooks is reached.", "Delete one.", {});
        const std::string id = std::to_string(++lastId);
        const std::int64_t expires = whichKind == Kind::Dynamic ? clock->nowMs() + 30 * dayMs : 0;
        all.push_back({id, order.url, order.events, order.jql, expires, true});
        orders.push_back(order);
        most = std::max(most, all.size());
        return id;
    }
    std::int64_t refresh(const std::vector<std::string>& ids) override {
        ++requests;
        ++refreshes;
        for (auto& each : all)
            if (std::find(ids.begin(), ids.end(), each.id) != ids.end())
                each.expiresAtMs = clock->nowMs() + 30 * dayMs;
        return clock->nowMs() + 30 * dayMs;
    }
    void remove(const std::vector<std::string>& ids) override {
        refuseWhenTold();
        ++requests;
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const auto& each) {
                                     return std::find(ids.begin(), ids.end(), each.id) != ids.end();
                                 }),
                  all.end());
    }

    Kind whichKind = Kind::Dynamic;
    const host::Clock* clock = nullptr;
    std::vector<jira::Webhook> all;
    std::vector<jira::WebhookOrder> orders; ///< all that were ever registered
    std::size_t most = 0;                   ///< that there were at a time
    int requests = 0;
    int refreshes = 0;
    std::function<void()> onAdd; ///< before it is there
    int refusal = 0;             ///< status with which everything is refused

private:
    void refuseWhenTold() const {
        if (refusal == 429)
            throw jira::RetryLater("Jira is busy.", "Wait.", 5'000);
        if (refusal != 0)
            throw jira::Refusal(refusal, "You do not have permission to create WebHook.", "Ask.", {});
    }
    int lastId = 1000;
};

class FakeIssues : public jira::IssueStates, public jira::Editing {
public:
    jira::FetchedIssues fetch(const std::vector<std::string>& ids) override {
        count();
        largest = std::max(largest, ids.size());
        jira::FetchedIssues fetched;
        for (const auto& id : ids)
            if (issues.count(id) != 0)
                fetched.issues.push_back(issues.at(id));
            else
                fetched.missing.push_back(id);
        return fetched;
    }
    jira::ChangedIssues changedSince(const std::vector<std::string>& projects, std::int64_t sinceMs,
                                     const std::string& after) override {
        count();
        return page(after, [&](const jira::IssueState& issue) {
            return issue.updatedMs >= sinceMs &&
                   std::find(projects.begin(), projects.end(), issue.projectId) != projects.end();
        });
    }
    jira::ChangedIssues withLabel(const std::string& label, const std::string& after) override {
        count();
        return page(after, [&](const jira::IssueState& issue) {
            return std::find(issue.labels.begin(), issue.labels.end(), label) != issue.labels.end();
        });
    }
    std::map<std::string, std::string> commentMarks(const std::vector<std::string>& ids) override {
        count();
        std::map<std::string, std::string> found;
        for (const auto& id : ids)
            found[id] = marks.count(id) == 0 ? "0" : marks.at(id);
        return found;
    }
    void edit(const std::string&, const jira::IssueEdit&) override {}
    void setProperty(const std::string& issueId, const std::string& key, const std::string& value) override {
        if (onProperty)
            onProperty();
        if (issues.count(issueId) == 0)
            throw jira::Refusal(404, "Issue does not exist.", "", {});
        properties.push_back({issueId, key, value});
    }

    struct Property {
        std::string issueId, key, value;
    };
    std::map<std::string, jira::IssueState> issues;
    std::map<std::string, std::string> marks; ///< of comments, by issue
    std::vector<Property> properties;
    int requests = 0;
    std::size_t largest = 0;
    int busyAfter = -1; ///< requests that are answered before Jira asks for a pause
    std::function<void()> onRequest;
    std::function<void()> onProperty; ///< before it is set

private:
    void count() {
        if (busyAfter == 0) {
            busyAfter = -1;
            throw jira::RetryLater("Jira is busy.", "Wait.", 90'000);
        }
        busyAfter -= busyAfter > 0 ? 1 : 0;
        ++requests;
        if (onRequest)
            onRequest();
    }
    template <class Matches> jira::ChangedIssues page(const std::string& after, Matches&& matches) {
        jira::ChangedIssues found;
        for (const auto& [id, issue] : issues) {
            if (id <= after || !matches(issue))
                continue;
            if (found.issues.size() == 100) {
                found.next = found.issues.back().id;
                break;
            }
            found.issues.push_back(issue);
        }
        return found;
    }
};

/// Knows each issue as it was applied last, as the real one does.
class FakeInward : public sync::Inward {
public:
    std::vector<sync::Drift> apply(const sync::IssueId& issue, const jira::IssueState& now,
                                   const sync::Hint&) override {
        ++applied;
        appliedTo.insert(issue.id);
        if (onApply)
            onApply();
        std::string& known = statuses[issue.id];
        if (known == now.status.name)
            return {};
        const std::string before = std::exchange(known, now.status.name);
        return {{"finding of " + issue.id, now.key, "status", now.status.name, before, "set"}};
    }
    std::vector<sync::Drift> applyGone(const sync::IssueId& issue, sync::Gone, const sync::Hint&) override {
        gone.insert(issue.id);
        return {};
    }
    std::vector<sync::Drift> applyComments(const sync::IssueId& issue, const sync::Hint&) override {
        commented.push_back(issue.id);
        if (onComments)
            onComments();
        return {};
    }
    void remember(const sync::IssueId& issue, const jira::IssueState& now) override {
        statuses[issue.id] = now.status.name;
    }

    std::map<std::string, std::string> statuses;
    std::set<std::string> gone;
    std::vector<std::string> commented;
    int applied = 0;
    std::set<std::string> appliedTo;
    std::function<void()> onApply;    ///< while it is done
    std::function<void()> onComments; ///< the same
};

class FakeOutward : public sync::Outward {
public:
    void findingChanged(const host::FindingChange&) override {}
    std::vector<sync::Drift> align(const host::Finding& finding, const sync::IssueId&,
                                   const jira::IssueState&) override {
        aligned.insert(finding.id);
        return {};
    }
    std::set<std::string> aligned;
};

class UpkeepHost : public push_test::FakeHost {
public:
    std::optional<host::Finding> get(const std::string& organisation, const std::string& finding) override {
        host::Finding found;
        found.organisation = organisation;
        found.id = finding;
        return found;
    }
    std::vector<host::Organisation> organisations() override { return {{acme, "Acme"}}; }
    std::vector<std::string> alertKeys() const {
        const Guard guard(mutex);
        std::vector<std::string> keys;
        for (const auto& [key, alert] : alerts)
            keys.push_back(key);
        return keys;
    }
};

struct World {
    World() { webhooks.clock = &fakeHost; }

    sync::JiraSide side() {
        if (!isConnected)
            throw jira::NotConfigured("This organisation is not connected to Jira.", "Connect it.");
        return {nullptr,   site,
                &webhooks, &issues,
                &issues,   [](const std::string& key) { return "https://acme.example/browse/" + key; }};
    }
    jira_plugin::connection::ConnectionStatus status() const {
        jira_plugin::connection::ConnectionStatus status;
        using State = jira_plugin::connection::ConnectionStatus::State;
        status.state = isConnected ? State::Connected : State::NotConnected;
        status.deployment = isServer ? "data_center" : "cloud";
        status.siteUrl = "https://Acme.example";
        return status;
    }
    void map(const std::string& project, const std::string& jiraProjectId, const std::string& key = "PAY") {
        jira_plugin::mapping::ProjectMapping mapping;
        mapping.project = project;
        mapping.projectKey = project;
        mapping.jiraProjectId = jiraProjectId;
        mapping.jiraProjectKey = key;
        mapping.issueTypeId = "1";
        mapping.system = site;
        mappings.save(acme, mapping, "ann", fakeHost.nowMs());
    }
    /// A ticket in Jira that a finding is linked to.
    void link(const std::string& finding, const std::string& id, const std::string& status = "To Do") {
        ticket(id, status);
        store::TicketLink link;
        link.organisation = acme;
        link.finding = finding;
        link.ticket = {site, id, "PAY-" + id, "", status, "", "", "", {}};
        link.createdAtMs = fakeHost.nowMs();
        database.transaction([&](auto& session) { store::LinkStore::add(session, {link}); });
        inward.statuses[id] = status;
    }
    jira::IssueState& ticket(const std::string& id, const std::string& status = "To Do") {
        jira::IssueState& issue = issues.issues[id];
        issue.id = id;
        issue.key = "PAY-" + id;
        issue.projectId = "10000";
        issue.projectKey = "PAY";
        issue.status = {"1", status, status == "Done" ? "done" : "new"};
        issue.updatedMs = fakeHost.nowMs();
        return issue;
    }

    jira_plugin::EachEngine engine;
    store::Database database{engine.place()};
    UpkeepHost fakeHost;
    FakeWebhooks webhooks;
    FakeIssues issues;
    FakeInward inward;
    FakeOutward outward;
    bool isConnected = true;
    bool isServer = false;
    jira_plugin::mapping::MappingStore mappings{database};
    sync::UpkeepParts parts{fakeHost.services(), database, mappings,
                            [this](const std::string&) { return side(); },
                            [this](const std::string&) { return status(); }};
    sync::WebhookVerdicts verdicts{parts};
    sync::WebhookKeeper keeper{parts, verdicts};
    sync::HealthCheck check{parts, verdicts, keeper};
    sync::WebhookLookup lookup{parts, [](const std::string&) {}};
    sync::Reconciliation reconciliation{parts, inward, outward, check};
};

} // namespace upkeep_test
