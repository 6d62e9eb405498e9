#pragma once

#include "connection_desk.hpp"
#include "http.hpp"
#include "problem.hpp"
#include "push_desk.hpp"
#include "sync_desk.hpp"

#include "connection/connections.hpp"
#include "host/services.hpp"
#include "mapping/mapping_store.hpp"
#include "push/metadata_cache.hpp"

#include <Poco/JSON/Object.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace jira_plugin::diagnosis {
class Checks;
}
namespace jira_plugin::sync {
class Health;
class SettingsStore;
} // namespace jira_plugin::sync
namespace jira_plugin::trial {
class TestTickets;
}

namespace jira_plugin::settings {

/// All that the handlers work with. Borrowed; outlives the Api.
struct Parts {
    const host::Services& host;
    mapping::MappingStore& mappings;
    connection::Connections& connections;
    ConnectionDesk& connection;
    PushDesk& pushes;
    push::MetadataCache& metadata;
    trial::TestTickets& testTickets;
    diagnosis::Checks& checks;
    sync::SettingsStore& syncSettings;
    sync::Health& health;
    SyncDesk& syncDesk;
    std::string version; ///< of the plugin
};

/// One request with what was read from it. Lives for one call of a handler.
class Context {
public:
    Context(Parts& allParts, const Request& asked, std::map<std::string, std::string> pathValues,
            std::map<std::string, std::string> queryValues)
        : parts(allParts), request(asked), who(asked.principal), _path(std::move(pathValues)),
          _query(std::move(queryValues)) {}

    Parts& parts;
    const Request& request;
    const Principal& who;

    /// A {name} of the route's pattern, decoded.
    const std::string& path(const std::string& name) const { return _path.at(name); }
    const std::map<std::string, std::string>& query() const { return _query; }
    /// Empty when it was not given.
    std::string query(const std::string& name) const;
    std::int64_t queryNumber(const std::string& name, std::int64_t standard, std::int64_t least,
                             std::int64_t most) const;

    /// The body as a JSON object; an empty body is an empty object. Throws ApiProblem: not JSON, too large.
    Poco::JSON::Object::Ptr body(std::size_t maxBytes = 262'144) const;
    /// The body's type in small letters without parameters, e.g. text/csv.
    std::string mediaType() const;
    /// Throws ApiProblem when the body has more.
    void limitBody(std::size_t maxBytes) const;

    const std::string& organisation() const { return who.organisation; }
    std::shared_ptr<jira::Client> client() const { return parts.connections.client(organisation()); }

    /// The host's project {project} of the path, by id or key. Throws ApiProblem 404.
    host::Project project() const { return project(path("project")); }
    host::Project project(const std::string& idOrKey) const;
    bool mayEdit(const std::string& projectId) const;
    /// The name of a user of this organisation; null when the host knows none.
    Poco::Dynamic::Var memberName(const std::string& user) const;
    /// Throws ApiProblem 403 that says whom to ask.
    void requireEdit(const host::Project& project) const;

    void audit(const std::string& action, const std::string& object,
               const Poco::JSON::Object::Ptr& detail = {}) const;

private:
    std::map<std::string, std::string> _path;
    std::map<std::string, std::string> _query;
};

Response jsonResponse(int status, const Poco::JSON::Object::Ptr& json);
Response problemResponse(const ApiProblem& problem);
ApiProblem notFound(const std::string& what);

/// 2026-01-31T09:30:00Z, or null for 0.
Poco::Dynamic::Var timeJson(std::int64_t ms);
Poco::Dynamic::Var nullIfEmpty(const std::string& text);

} // namespace jira_plugin::settings
