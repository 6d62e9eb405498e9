#include "server_connections.hpp"

#include "client_cache.hpp"
#include "context.hpp"
#include "server_authorization.hpp"
#include "server_tokens.hpp"

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

class ServerConnections::Clients : public ClientCache<ServerTokens> {
public:
    Clients(Context& context, ServerKeys& keys)
        : ClientCache(context, serverDeployment), _context(context), _keys(keys) {}

    Entry of(const std::string& organisation) {
        return get(organisation, [&](const ConnectionRecord& record, Entry& entry) {
            entry.tokens = std::make_shared<ServerTokens>(_context, _keys, organisation);
            entry.client = std::make_shared<jira::ServerClient>(
                _context.transport, entry.tokens, jira::ServerSite{record.baseUrl, record.siteId},
                [&context = _context] { return context.nowMs(); },
                std::make_shared<StoredDialect>(_context, record));
        });
    }

private:
    Context& _context;
    ServerKeys& _keys;
};

ServerConnections::ServerConnections(host::Services& services, store::Database& database,
                                     std::shared_ptr<jira::Transport> transport)
    : _context(std::make_unique<Context>(services, database, std::move(transport))),
      _authorization(std::make_unique<ServerAuthorization>(*_context)),
      _clients(std::make_unique<Clients>(*_context, _authorization->keys())) {}

ServerConnections::~ServerConnections() = default;

std::shared_ptr<jira::Client> ServerConnections::client(const std::string& organisation) {
    return _clients->of(organisation).client;
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
    _clients->of(organisation).tokens->renewNow();
}

void ServerConnections::onChange(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(_context->listenersMutex);
    _context->listeners.push_back(std::move(listener));
}

void ServerConnections::maintain() {
    _context->requestTokens.purge(_context->nowMs());
    _clients->keepAlive([this](const std::string& each) { _clients->of(each).tokens->keepAlive(); });
}

void ServerConnections::stop() {
    _context->stopping = true;
}

} // namespace jira_plugin::connection
