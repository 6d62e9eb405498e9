#include "pooled_transport.hpp"

#include "host/services.hpp"
#include "resolve.hpp"
#include "tls_context.hpp"

#include <algorithm>
#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/NumberParser.h>

namespace jira_plugin::jira {
namespace {

using Kind = TransportError::Kind;

bool flag(host::Config& config, const std::string& key, bool standard) {
    const auto text = config.get(key);
    bool value = standard;
    if (text && !text->empty() && !Poco::NumberParser::tryParseBool(*text, value)) {
        throw std::invalid_argument(key + " is '" + *text + "', which is neither true nor false.");
    }
    return value;
}

TransportError refused(const std::string& message, const std::string& remedy) {
    return {Kind::Policy, false, message, remedy};
}

Endpoint endpointOf(const HttpRequest& request) {
    try {
        return parseUrl(request.url);
    } catch (const std::invalid_argument& error) {
        throw refused(error.what(), "Correct the address of Jira.");
    }
}

bool hasControlCharacter(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

} // namespace

TransportOptions TransportOptions::from(host::Config& config) {
    TransportOptions options;
    options.caFile = config.get("jira.tls.ca_file").value_or("");
    options.allowHttp = flag(config, "jira.network.allow_http", options.allowHttp);
    options.allowPrivate = flag(config, "jira.network.allow_private", options.allowPrivate);
    const std::string seconds = config.get("jira.http.timeout_seconds").value_or("");
    unsigned value = 0;
    if (!seconds.empty() &&
        (!Poco::NumberParser::tryParseUnsigned(seconds, value) || value < 1 || value > 600)) {
        throw std::invalid_argument("jira.http.timeout_seconds is '" + seconds +
                                    "', which is not a number from 1 to 600.");
    }
    if (value != 0) {
        options.timeout = std::chrono::seconds(value);
        options.connectTimeout = std::min(options.connectTimeout, options.timeout);
    }
    return options;
}

PooledTransport::PooledTransport(TransportOptions options)
    : _options(std::move(options)), _tls(makeTlsContext(_options.caFile)) {}

void PooledTransport::stop() {
    _stop.raise();
    _pool.clear();
}

void PooledTransport::requireAllowed(const HttpRequest& request, const Endpoint& endpoint) const {
    if (!endpoint.tls && !_options.allowHttp) {
        throw refused("The address http://" + endpoint.authority() + " is not encrypted, so it is not used.",
                      "Use the https address. Where no other exists, the platform operator can set "
                      "jira.network.allow_http.");
    }
    for (const auto& [name, value] : request.headers) {
        if (hasControlCharacter(name) || hasControlCharacter(value)) {
            throw refused("The header " + name + " contains a control character.",
                          "Reconnect Jira; if it happens again, report it to the vendor.");
        }
    }
    if (_stop.isRaised()) {
        throw TransportError(Kind::Stopped, false, "This platform is stopping.",
                             "Try again after the restart.");
    }
}

std::unique_ptr<HttpConnection> PooledTransport::connect(const Endpoint& endpoint, bool operatorAddress,
                                                         Deadline deadline) {
    const auto addresses = resolveAllowed(endpoint, operatorAddress || _options.allowPrivate);
    const Deadline connected = std::min(deadline, std::chrono::steady_clock::now() + _options.connectTimeout);
    return std::make_unique<HttpConnection>(endpoint, addresses, _tls, connected, _stop);
}

HttpResponse PooledTransport::send(const HttpRequest& request) {
    const Endpoint endpoint = endpointOf(request);
    requireAllowed(request, endpoint);
    const Deadline deadline = std::chrono::steady_clock::now() + _options.timeout;
    const ExchangeLimits limits{deadline, _options.maxBodyBytes};
    // What an operator may reach must not be lent to somebody who typed the same name.
    const std::string server = std::string(endpoint.tls ? "https://" : "http://") + endpoint.authority() +
                               (request.operatorAddress ? " operator" : "");
    auto connection = _pool.take(server);
    HttpResponse response;
    if (connection) {
        try {
            response = connection->exchange(request, limits);
        } catch (const TransportError& error) {
            const bool repeatable = !error.requestLeft() || request.method == "GET";
            if (error.kind() != Kind::Cut || !repeatable) {
                throw;
            }
            connection.reset();
        }
    }
    if (!connection) {
        connection = connect(endpoint, request.operatorAddress, deadline);
        response = connection->exchange(request, limits);
    }
    if (connection->isReusable() && !_stop.isRaised()) {
        _pool.give(server, std::move(connection));
    }
    return response;
}

} // namespace jira_plugin::jira
