#pragma once

#include "connection_world.hpp"

#include "jira/client.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace jira_plugin::connection {

constexpr std::int64_t minute = 60'000;

/// An organisation that is connected; what its tokens do shows on the wire.
struct Connected : ConnectionWorld {
    Connected() { connect(); }

    /// Makes one call and answers the token it used.
    std::string used() {
        wire->then(200, R"({"accountId":"a"})");
        connections.client("org")->myself();
        return wire->requests().back().headers.at(0).second;
    }
    std::size_t refreshes() const {
        std::size_t count = 0;
        for (const auto& request : wire->requests()) {
            count += request.body.find("\"grant_type\":\"refresh_token\"") != std::string::npos ? 1 : 0;
        }
        return count;
    }
    std::string lastRefresh() const {
        std::string body;
        for (const auto& request : wire->requests()) {
            body = request.url.find("/oauth/token") != std::string::npos ? request.body : body;
        }
        return body;
    }
};

} // namespace jira_plugin::connection
