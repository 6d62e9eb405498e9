#pragma once

#include "../each_engine.hpp"
#include "../jira/scripted_transport.hpp"
#include "../push/fake_host.hpp"

#include "connection/cloud_connections.hpp"
#include "store/database.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::connection {

/// A host with two keys that remembers what was audited and logged.
class RecordingHost : public push_test::FakeHost {
public:
    RecordingHost() {
        config = {{"jira.cloud.auth_url", "https://auth.example"},
                  {"jira.cloud.api_url", "https://api.example/"},
                  {"jira.cloud.client_id", "the-client"},
                  {"jira.cloud.client_secret", "the-client-secret"}};
    }

    host::Key current(const std::string& organisation) override { return byId(organisation, currentKey); }
    host::Key byId(const std::string& organisation, const std::string& id) override {
        if (lostKeys || (id != "key-1" && id != "key-2")) {
            throw std::runtime_error("there is no key " + id);
        }
        host::Key key;
        key.id = id;
        key.bytes.fill(static_cast<unsigned char>(id.back()));
        key.bytes[0] = static_cast<unsigned char>(organisation.size());
        return key;
    }
    void record(const std::string& organisation, const std::string& actor, const std::string& action,
                const std::string& object, const std::string& detail) override {
        const Guard guard(mutex);
        audit.push_back(organisation + " " + actor + " " + action + " " + object + " " + detail);
    }
    void write(Level /*level*/, const std::string& message, const Fields& fields) override {
        const Guard guard(mutex);
        log += message + "\n";
        for (const auto& [name, value] : fields) {
            log += "  " + name + "=" + value + "\n";
        }
    }

    std::string currentKey = "key-1";
    bool lostKeys = false;
    std::vector<std::string> audit;
    std::string log;
};

/// Connections over a scripted wire, with a database of their own: on each engine in turn.
struct ConnectionWorld {
    ConnectionWorld() : engine(std::in_place), place(engine->place()), database(place) {}
    /// where, options: of the database.
    ConnectionWorld(std::string where, const store::DatabaseOptions& options)
        : place(std::move(where)), database(place, options) {}

    std::optional<EachEngine> engine; ///< none when a test names the place
    std::string place;
    store::Database database;
    RecordingHost host;
    host::Services services = host.services();
    std::shared_ptr<jira::ScriptedTransport> wire = std::make_shared<jira::ScriptedTransport>();
    CloudConnections connections{services, database, wire};

    using Query = std::map<std::string, std::string>;

    /// A new authorisation's state.
    std::string begin(const std::string& user = "ann", const std::string& organisation = "org");
    AuthResult finish(const Query& query, const std::string& user = "ann",
                      const std::string& organisation = "org") {
        return connections.finishAuthorization(organisation, user, query);
    }

    void thenTokens(int number, int lifetimeSeconds = 3600);
    void thenSites(const std::vector<std::string>& names);
    void thenAccount(int projects = 1);

    /// The whole way to a connected site; the first token is "access-1".
    AuthResult connect(const std::string& site = "acme", const std::string& user = "ann");
};

/// The element of an accessible-resources answer.
std::string siteJson(const std::string& name, const std::string& scopes);
extern const char* const allSiteScopes;

} // namespace jira_plugin::connection
