#include "server_connections.hpp"

#include "context.hpp"
#include "server_authorization.hpp"
#include "server_tokens.hpp"

#include "jira/errors.hpp"
#include "jira/server_client.hpp"

namespace jira_plugin::connection {
namespace {

/// What a Jira speaks, kept with its connection.
class StoredDialect : public jira::DialectMemory {
public:
    StoredDialect(Context& context, const ConnectionRecord& record)
        : _context(context), _organisation(record.organisation), _connectedAtMs(record.connectedAtMs) {}

    std::optional<jira::ServerDialect> load() override {
        const auto record = _context.connections.load(_organisation);
        return record && record->connectedAtMs == _connectedAtMs ? jira::dialectFromText(record->dialect)
                                                                 : std::nullopt;
    }
    void save(const jira::ServerDialect& dialect) override {
        _context.connections.storeDialect(_organisation, _connectedAtMs, jira::toText(dialect));
    }

private:
    Context& _context;
    const std::string _organisation;
    const std::int64_t _connectedAtMs;
};

} // namespace

ServerConnections::ServerConnections(host::Services& services, store::Database& database,
                                     std::shared_ptr<jira::Transport> transport)
    : _context(std::make_unique<Context>(services, database, std::move(transport))),
      _authorization(std::make_unique<ServerAuthorization>(*_context)) {}

ServerConnections::~ServerConnections() = default;

ServerConnections::Cached ServerConnections::cached(const std::string& organisation) {
    const auto record = _context->connections.load(organisation);
    if (!record || !record->isDataCenter() || record->state == RecordState::Disconnected) {
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
        entry.tokens = std::make_shared<ServerTokens>(context, _authorization->keys(), organisation);
        entry.client = std::make_shared<jira::ServerClient>(
            context.transport, entry.tokens, jira::ServerSite{record->baseUrl, record->siteId},
            [&context] { return context.nowMs(); }, std::make_shared<StoredDialect>(context, *record));
    }
    return entry;
}

std::shared_ptr<jira::Client> ServerConnections::client(const std::string& organisation) {
    return cached(organisation).client;
}

bool ServerConnections::isConnected(const std::string& organisation) {
    const auto record = _context->connections.load(organisation);
    return record && record->isDataCenter() && record->state == RecordState::Connected;
}

bool ServerConnections::isServer(const std::string& organisation) {
    const auto record = _context->connections.load(organisation);
    return record && record->isDataCenter();
}

void ServerConnections::renewToken(const std::string& organisation) {
    cached(organisation).tokens->renewNow();
}

void ServerConnections::onChange(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(_context->listenersMutex);
    _context->listeners.push_back(std::move(listener));
}

void ServerConnections::maintain() {
    _context->requestTokens.purge(_context->nowMs());
    for (const auto& organisation : _context->connections.connectedOrganisations(serverDeployment)) {
        try {
            cached(organisation).tokens->keepAlive();
        } catch (const jira::Error& error) {
            _context->services.log.warning("The connection to Jira was not kept alive",
                                           {{"organisation", organisation}, {"cause", error.what()}});
        }
    }
}

void ServerConnections::stop() {
    _context->stopping = true;
}

} // namespace jira_plugin::connection
