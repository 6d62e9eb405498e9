#include "synced_jira.hpp"

#include "eventually.hpp"

#include <algorithm>
#include <stdexcept>

namespace integration {

using namespace test_support;

namespace {

/// Once for each of the three mapped projects the webhook's filter is changed; this waits for the last of
/// them. Data Center 10 gets no filter.
void waitForWebhook(const Simulator& jira, bool hasFilter) {
    const bool isThere = eventually([&] {
        const auto webhooks = jira.control("GET", "/_sim/webhooks")["webhooks"].items();
        if (webhooks.size() != 1)
            return false;
        const std::string filter = webhooks.front()["jql"].text();
        return !hasFilter || std::count(filter.begin(), filter.end(), ',') == 2;
    });
    if (!isThere)
        throw std::runtime_error("There is no webhook as the mappings need it: " +
                                 jira.control("GET", "/_sim/webhooks").dump());
}

std::unique_ptr<DataCenterHost> dataCenterOf(const std::string& version) {
    auto world = std::make_unique<DataCenterHost>(version);
    world->connect();
    mapProjects(world->host);
    return world;
}

} // namespace

SyncedJira::SyncedJira(const std::string& deployment)
    : _cloud(deployment == "cloud" ? std::make_unique<ConnectedHost>() : nullptr),
      _server(_cloud ? nullptr : dataCenterOf(deployment)), jira(_cloud ? _cloud->jira : _server->jira),
      host(_cloud ? _cloud->host : _server->host) {
    waitForWebhook(jira, deployment.compare(0, 3, "10.") != 0);
}

std::vector<std::string> SyncedJira::pushed(int count, const std::string& project) const {
    const auto findings = host.addFindings(project, count);
    host.push(project, findings);
    settle(); // what Jira tells of the creation
    return findings;
}

std::string SyncedJira::keyOf(const std::string& finding) const {
    return host.finding(finding)["ticket"]["key"].text();
}

std::string SyncedJira::statusOf(const std::string& finding) const {
    return host.finding(finding)["status"].text();
}

Json SyncedJira::act(const std::string& key, const std::string& what, const std::string& members) const {
    return jira.control("POST", "/_sim/issues/" + key + "/" + what, members);
}

void SyncedJira::move(const std::string& key, const std::string& status,
                      const std::string& resolution) const {
    act(key, "transition",
        R"({"to":)" + quoted(status) + (resolution.empty() ? "" : R"(,"resolution":)" + quoted(resolution)) +
            "}");
}

std::string SyncedJira::comment(const std::string& key, const std::string& text) const {
    return act(key, "comment", R"({"text":)" + quoted(text) + "}")["id"].text();
}

bool SyncedJira::becomes(const std::string& finding, const std::string& status) const {
    return eventually([&] { return statusOf(finding) == status; });
}

int SyncedJira::told(const std::string& finding, const std::string& part) const {
    const auto timeline = host.control("GET", "/organisations/acme/findings/" + finding + "/timeline");
    const auto entries = timeline["timeline"].items();
    return static_cast<int>(std::count_if(entries.begin(), entries.end(), [&](const Json& entry) {
        const bool isPlugins =
            !entry["plugin"].text().empty(); // the host tells of each change of status, too
        return isPlugins &&
               (entry["text"].text() + " " + entry["remedy"].text()).find(part) != std::string::npos;
    }));
}

bool SyncedJira::tells(const std::string& finding, const std::string& part, int times) const {
    return eventually([&] { return told(finding, part) == times; });
}

void SyncedJira::settle() const {
    auto admin = host.signedIn();
    const bool isSettled = eventually([&] {
        const auto sent = jira.control("GET", "/_sim/deliveries?state=pending")["counts"];
        if (sent["pending"].number() + sent["held"].number() + sent["waiting"].number() > 0)
            return false;
        const auto queue = settings(admin, "GET", "sync/queue");
        return queue["incoming"]["waiting"].number() + queue["outgoing"]["waiting"].number() == 0;
    });
    if (!isSettled)
        throw std::runtime_error("What Jira told is not applied: " +
                                 settings(admin, "GET", "sync/queue").dump());
}

long long SyncedJira::writes() const {
    long long count = 0;
    const auto counts = jira.control("GET", "/_sim/requests")["byRoute"];
    for (const std::string& route : counts.names())
        if (route.compare(0, 4, "GET ") != 0 && route.find("/issue") != std::string::npos &&
            route.find("bulkfetch") == std::string::npos && route.find("/properties/") == std::string::npos)
            count += counts[route].number();
    return count;
}

} // namespace integration
