#pragma once

#include "contracts.hpp"
#include "job_leases.hpp"

#include "connection/cloud_connections.hpp"
#include "connection/sealed.hpp"
#include "host/services.hpp"
#include "jira/client.hpp"
#include "jira/comments.hpp"
#include "jira/editing.hpp"
#include "jira/issue_state.hpp"
#include "jira/webhooks.hpp"
#include "mapping/mapping_store.hpp"
#include "store/database.hpp"
#include "webhook_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// What keeping watch needs of an organisation's Jira.
struct JiraSide {
    std::shared_ptr<void> keepAlive; ///< of what the pointers lead to
    std::string system;
    jira::Webhooks* webhooks = nullptr;
    jira::IssueStates* states = nullptr;
    jira::Editing* editing = nullptr;
    std::function<std::string(const std::string& key)> browseUrl;
};

JiraSide sideOf(const std::shared_ptr<jira::Client>& client);

/// What the parts that keep watch share. Everything handed in is borrowed and outlives it.
struct UpkeepParts {
    using Jira = std::function<JiraSide(const std::string& organisation)>;
    using Status = std::function<connection::ConnectionStatus(const std::string& organisation)>;

    UpkeepParts(const host::Services& services, store::Database& theDatabase,
                mapping::MappingStore& theMappings, Jira theJira, Status theStatus)
        : host(services), database(theDatabase), mappings(theMappings), jira(std::move(theJira)),
          status(std::move(theStatus)), sealer(services.keys), leases(theDatabase), webhooks(theDatabase) {}

    std::int64_t nowMs() const { return host.clock.nowMs(); }
    /// The mapped projects of the Jira that is connected, each once, in the order of their ids.
    std::vector<std::string> jiraProjects(const std::string& organisation, const std::string& system);

    const host::Services host;
    store::Database& database;
    mapping::MappingStore& mappings;
    /// Throws jira::NotConfigured when there is none, jira::ReconnectNeeded when its grant is dead.
    const Jira jira;
    const Status status;
    const connection::Sealer sealer;
    JobLeases leases;
    WebhookStore webhooks;
};

} // namespace jira_plugin::sync
