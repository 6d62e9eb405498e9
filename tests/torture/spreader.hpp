#pragma once

#include "doors.hpp"

#include <atomic>
#include <memory>
#include <string>

#include <Poco/Net/HTTPServer.h>

namespace torture {

/// Stands for the load balancer in front of the hosts: the one address that Jira knows. Each delivery goes to
/// any host that lives; 503 when none does, 502 when it dies before it answers. Safe from any thread.
class Spreader {
public:
    /// Works from the start. doors: borrowed, outlives this. Throws Poco::Exception when no port is free.
    explicit Spreader(Doors& doors);
    ~Spreader();
    Spreader(const Spreader&) = delete;
    Spreader& operator=(const Spreader&) = delete;

    std::string url() const;

    /// What became of the requests so far.
    struct Counts {
        std::atomic<long> taken{0};   ///< a host answered 2xx
        std::atomic<long> refused{0}; ///< a host answered something else
        std::atomic<long> unheard{0}; ///< none was there, or it died meanwhile
    };
    const Counts& counts() const { return _counts; }

private:
    Counts _counts;
    std::unique_ptr<Poco::Net::HTTPServer> _server;
};

} // namespace torture
