#pragma once

#include "probe.hpp"

#include "jira/pooled_transport.hpp"

#include <Poco/Net/StreamSocket.h>

namespace jira_plugin::diagnosis {

/// Over the network, to addresses that the operator configured.
class NetworkProbe : public Probe {
public:
    /// options: those of the plugin's transport; the time limits become shorter. Throws std::invalid_argument
    /// when the CA file cannot be used.
    explicit NetworkProbe(jira::TransportOptions options);

    std::string host(const std::string& url) override;
    std::vector<std::string> addresses(const std::string& url) override;
    void connect(const std::string& url) override;
    TlsFacts tls(const std::string& url) override;
    std::int64_t serverTimeMs(const std::string& url) override;
    void stop() override;

private:
    Poco::Net::StreamSocket connected(const std::string& url, const Poco::Net::Context::Ptr& tls);

    const Poco::Net::Context::Ptr _tls;
    jira::StopSignal _stop;
    jira::PooledTransport _transport;
};

} // namespace jira_plugin::diagnosis
