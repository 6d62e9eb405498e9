#include "cloud_connections.hpp"

#include "cloud_authorization.hpp"
#include "context.hpp"
#include "jira/cloud_client.hpp"
#include "jira/errors.hpp"
#include "jira/server_dialect.hpp"
#include "stored_tokens.hpp"

namespace jira_plugin::connection {

const char* toString(ConnectionStatus::State state) {
    switch (state) {
    case ConnectionStatus::State::NotConfigured:
        return "not_configured";
    case ConnectionStatus::State::NotConnected:
        return "not_connected";
    case ConnectionStatus::State::Connected:
        return "connected";
    case ConnectionStatus::State::NeedsAttention:
        return "needs_attention";
    }
    return "unknown";
}

CloudConnections::CloudConnections(host::Services& services, store::Database& database,
                                   std::shared_ptr<jira::Transport> transport)
    : _context(std::make_unique<Context>(services, database, std::move(transport))),
      _authorization(std::make_unique<CloudAuthorization>(*_context)),
      _handovers(std::make_unique<Handovers>(*_context, *_authorization)) {
    if (database.isSoleUser()) {
        _context->connections.forgetLeases();
    }
}

CloudConnections::~CloudConnections() = default;

CloudConnections::Cached CloudConnections::cached(const std::string& organisation) {
    const auto record = _context->connections.load(organisation);
    if (!record || record->isDataCenter() || record->state == RecordState::Disconnected) {
        throw jira::NotConfigured("This organisation is not connected to Jira.",
                                  "An admin can connect it under Settings > Integrations > Jira.");
    }
    if (record->state == RecordState::NeedsAttention) {
        throw jira::ReconnectNeeded(record->attention, record->attentionRemedy);
    }
    const std::lock_guard lock(_mutex);
    Cached& entry = _clients[organisation];
    if (!entry.client || entry.connectedAtMs != record->connectedAtMs) {
        Context& context = *_context;
        entry.connectedAtMs = record->connectedAtMs;
        entry.tokens = std::make_shared<StoredTokens>(context, organisation);
        entry.client = std::make_shared<jira::CloudClient>(
            context.transport, entry.tokens,
            jira::CloudSite{context.app().apiUrl, record->siteId, record->siteUrl},
            [&context] { return context.nowMs(); });
    }
    return entry;
}

std::shared_ptr<jira::Client> CloudConnections::client(const std::string& organisation) {
    return cached(organisation).client;
}

bool CloudConnections::isConnected(const std::string& organisation) {
    const auto record = _context->connections.load(organisation);
    return record && record->state == RecordState::Connected;
}

std::string CloudConnections::beginAuthorization(const std::string& organisation, const std::string& user) {
    return _authorization->begin(organisation, user);
}

AuthResult CloudConnections::finishAuthorization(const std::string& organisation, const std::string& user,
                                                 const std::map<std::string, std::string>& query) {
    return _authorization->finish(organisation, user, query);
}

std::vector<Site> CloudConnections::sites(const std::string& organisation, const std::string& user) {
    const auto pending = _context->pending.load(organisation, user, _context->nowMs());
    return pending ? pending->sites : std::vector<Site>();
}

AuthResult CloudConnections::chooseSite(const std::string& organisation, const std::string& user,
                                        const std::string& siteId, bool confirmed) {
    return _authorization->chooseSite(organisation, user, siteId, confirmed);
}

ConnectionStatus CloudConnections::status(const std::string& organisation) {
    ConnectionStatus status;
    const auto record = _context->connections.load(organisation);
    const bool connected = record && record->state != RecordState::Disconnected;
    if (record) {
        status.siteId = record->siteId;
        status.siteName = record->siteName;
        status.siteUrl = record->siteUrl;
        status.deployment = record->deployment;
        const auto dialect = jira::dialectFromText(record->dialect);
        status.jiraVersion = dialect ? dialect->version : std::string();
    }
    if (connected) {
        const bool well = record->state == RecordState::Connected;
        status.state = well ? ConnectionStatus::State::Connected : ConnectionStatus::State::NeedsAttention;
        status.message = record->attention;
        status.remedy = record->attentionRemedy;
        status.accountId = record->accountId;
        status.accountName = record->accountName;
        status.scopes = record->scopes;
        status.connectedBy = record->connectedBy;
        status.connectedAtMs = record->connectedAtMs;
        status.tokenExpiresAtMs = record->accessExpiresAtMs;
    } else if (!_context->app().isConfigured()) {
        status.state = ConnectionStatus::State::NotConfigured;
        status.message = notConfiguredMessage;
        status.remedy = notConfiguredRemedy;
    }
    return status;
}

bool CloudConnections::disconnect(const std::string& organisation, const std::string& user) {
    const auto record = _context->connections.load(organisation);
    if (!_context->connections.disconnect(organisation)) {
        return false;
    }
    {
        const std::lock_guard lock(_mutex);
        _clients.erase(organisation);
    }
    _context->services.audit.record(organisation, user, "jira.disconnected", record ? record->siteName : "",
                                    "");
    _context->services.alerts.clear(organisation, connectionAlert);
    _context->services.alerts.clear(organisation, handoverAlert);
    _context->changed(organisation);
    return true;
}

void CloudConnections::renewToken(const std::string& organisation) {
    cached(organisation).tokens->renewNow();
}

void CloudConnections::onChange(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(_context->listenersMutex);
    _context->listeners.push_back(std::move(listener));
}

void CloudConnections::maintain() {
    _context->states.purge(_context->nowMs());
    _context->pending.purge(_context->nowMs());
    _context->handovers.purge(_context->nowMs());
    for (const auto& organisation : _context->connections.connectedOrganisations(cloudDeployment)) {
        try {
            cached(organisation).tokens->keepAlive();
        } catch (const jira::Error& error) {
            _context->services.log.warning("The connection to Jira was not kept alive",
                                           {{"organisation", organisation}, {"cause", error.what()}});
        }
    }
}

void CloudConnections::stop() {
    _context->stopping = true;
    _context->transport->stop();
}

} // namespace jira_plugin::connection
