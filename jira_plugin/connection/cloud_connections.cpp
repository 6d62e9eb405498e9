#include "cloud_connections.hpp"

#include "client_cache.hpp"
#include "cloud_authorization.hpp"
#include "context.hpp"
#include "interrupted_renewals.hpp"
#include "jira/cloud_client.hpp"
#include "jira/server_dialect.hpp"
#include "kill_point.hpp"
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

class CloudConnections::Clients : public ClientCache<StoredTokens> {
public:
    Clients(Context& context, InterruptedRenewals& interrupted)
        : ClientCache(context, cloudDeployment), _context(context), _interrupted(interrupted) {}

    Entry of(const std::string& organisation) {
        return get(organisation, [&](const ConnectionRecord& record, Entry& entry) {
            entry.tokens = std::make_shared<StoredTokens>(_context, organisation, _interrupted);
            entry.client = std::make_shared<jira::CloudClient>(
                _context.transport, entry.tokens,
                jira::CloudSite{_context.app().apiUrl, record.siteId, record.siteUrl},
                [&context = _context] { return context.nowMs(); });
        });
    }

private:
    Context& _context;
    InterruptedRenewals& _interrupted;
};

CloudConnections::CloudConnections(host::Services& services, store::Database& database,
                                   std::shared_ptr<jira::Transport> transport)
    : _context(std::make_unique<Context>(services, database, std::move(transport))),
      _authorization(std::make_unique<CloudAuthorization>(*_context)),
      _handovers(std::make_unique<Handovers>(*_context, *_authorization)),
      _interrupted(std::make_unique<InterruptedRenewals>(
          services,
          [this](const std::string& organisation) { _clients->of(organisation).tokens->resume(); })),
      _clients(std::make_unique<Clients>(*_context, *_interrupted)) {}

void CloudConnections::start() {
    if (_context->database.isSoleUser() || _context->database.isShared()) {
        othersVanished();
    }
}

CloudConnections::~CloudConnections() = default;

std::shared_ptr<jira::Client> CloudConnections::client(const std::string& organisation) {
    return _clients->of(organisation).client;
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
    if (record && record->state != RecordState::Disconnected) {
        _context->disconnecting(organisation);
        killPoint("disconnect.erase");
    }
    if (!_context->connections.disconnect(organisation)) {
        return false;
    }
    killPoint("disconnect.erased");
    _clients->forget(organisation);
    _context->services.audit.record(organisation, user, "jira.disconnected", record ? record->siteName : "",
                                    "");
    _context->services.alerts.clear(organisation, connectionAlert);
    _context->services.alerts.clear(organisation, handoverAlert);
    _context->changed(organisation);
    return true;
}

void CloudConnections::renewToken(const std::string& organisation) {
    _clients->of(organisation).tokens->renewNow();
}

void CloudConnections::onChange(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(_context->listenersMutex);
    _context->listeners.push_back(std::move(listener));
}

void CloudConnections::beforeDisconnect(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(_context->listenersMutex);
    _context->farewells.push_back(std::move(listener));
}

void CloudConnections::maintain() {
    _context->states.purge(_context->nowMs());
    _context->pending.purge(_context->nowMs());
    _context->handovers.purge(_context->nowMs());
    _context->tellOfEnds();
    _clients->keepAlive([this](const std::string& each) { _clients->of(each).tokens->keepAlive(); });
}

void CloudConnections::othersVanished() {
    _interrupted->takeOver(_context->connections.takeOverRefreshes(cloudDeployment));
    _context->tellOfEnds();
}

void CloudConnections::stop() {
    _context->stopping = true;
    _context->transport->stop();
}

} // namespace jira_plugin::connection
