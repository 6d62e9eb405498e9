#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Poco/Dynamic/Var.h>
#include <aspm_host/model.hpp>

#include "../web/exchange.hpp"

namespace aspm::host {

class Sessions;
class StubHost;

/// One request to the control API.
struct ControlCall {
    StubHost& host;
    Sessions& sessions;
    Exchange& exchange;
    std::vector<std::string> names; ///< what stands where the path has {}, in order

    /// The organisation that the path names; routes below it are only asked when it exists.
    const std::string& organisation() const { return names[0]; }

    /// The project of that key. Throws HttpError 404.
    Project project(const std::string& key) const;

    /// The query parameter `limit`, from 1 to most. Throws HttpError 400.
    std::size_t limit(std::size_t otherwise, std::size_t most) const;
};

struct Reply {
    int status = 200;
    Poco::Dynamic::Var json; ///< empty: no body
};

/// Who answers what. `path` is below /stub/api, with {} for names.
struct Route {
    std::string method;
    std::string path;
    Reply (*answer)(ControlCall& call);
};

std::vector<Route> platformRoutes();
std::vector<Route> directoryRoutes();
std::vector<Route> findingRoutes();
std::vector<Route> pushRoutes();
std::vector<Route> recordRoutes();
std::vector<Route> importRoutes();

/// The route that takes a request, with what stands at its {}. Throws HttpError 404 or 405.
struct Match {
    const Route* route = nullptr;
    std::vector<std::string> names;
};
Match findRoute(const std::vector<Route>& routes, const std::string& method,
                const std::vector<std::string>& segments);

} // namespace aspm::host
