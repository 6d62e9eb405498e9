#pragma once

#include <Poco/Net/HTTPServer.h>

#include <memory>
#include <string>

namespace bench {

/// The least that can take deliveries: a server of Poco's that reads the body and answers 200. It checks
/// nothing and stores nothing. Ends with this object.
class BareServer {
public:
    /// threads: as many requests are answered at a time.
    explicit BareServer(int threads);
    ~BareServer();
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;

    std::string url() const;

private:
    Poco::ThreadPool _threads;
    std::unique_ptr<Poco::Net::HTTPServer> _server;
};

} // namespace bench
