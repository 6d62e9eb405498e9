#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <Poco/JSON/Object.h>

#include "../runtime/data_lock.hpp"
#include "arguments.hpp"

namespace aspm::host {
class StubHost;
struct ServeOptions;
} // namespace aspm::host

namespace aspm::host::cli {

/// The options of `serve` and of the host that a command starts. Paths without a '/' at their end.
ServeOptions serveOptions(const Arguments& arguments);

using Json = Poco::JSON::Object::Ptr;

/// The control API of the host that serves a data directory. When none does, one runs in this process as long
/// as this object.
class HostClient {
public:
    /// Takes --data, --org, and for a host of its own --plugin, --config and --log. Throws Problem.
    explicit HostClient(const Arguments& arguments);
    ~HostClient();
    HostClient(const HostClient&) = delete;
    HostClient& operator=(const HostClient&) = delete;

    using Query = std::vector<std::pair<std::string, std::string>>;

    /// Of the organisation, e.g. get("alerts", {{"all", "1"}}). Empty values are left out. Throws Problem
    /// with what the host says.
    Json get(const std::string& path, const Query& query = {});
    Json post(const std::string& path, const Json& body, long long timeoutMs);

    /// All findings that match, page by page put together as `{"findings": [...]}`.
    Json findings(const Query& query);

    /// True when the host ends with this object.
    bool isOwnHost() const { return _own != nullptr; }

private:
    bool findRunning(const std::string& data);
    void startOwn(const Arguments& arguments);
    bool answers();
    Json send(const std::string& method, const std::string& path, const std::string& body,
              long long timeoutMs);

    HostAddress _address;
    std::string _organisation;
    std::unique_ptr<StubHost> _own;
};

/// One segment of a path.
std::string escaped(const std::string& segment);

/// Members of the answers; empty or 0 when they are missing or null.
std::string text(const Json& json, const std::string& member);
long long number(const Json& json, const std::string& member);
Json object(const Json& json, const std::string& member); ///< empty object instead of null
std::vector<Json> objects(const Json& json, const std::string& member);

/// For --json.
void printJson(const Json& json);

} // namespace aspm::host::cli
