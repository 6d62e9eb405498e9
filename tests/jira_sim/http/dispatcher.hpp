#pragma once

#include <condition_variable>
#include <mutex>

#include "http/call.hpp"
#include "http/data_center.hpp"
#include "http/router.hpp"

namespace jira_sim {

/// Takes a request through faults, the gateway's checks and its handler, and records it. Any thread.
class Dispatcher {
public:
    explicit Dispatcher(Services& services) : _services(services), _dataCenter(services) {}

    /// Never throws; `request` gets its parsed body.
    Response handle(Request& request);
    /// Ends the waiting of requests that a latency fault holds.
    void stop();

private:
    Response product(Area area, Request& request, const Match& match);
    Response withFaults(Area area, Request& request, const Match& match, const FaultPlan& plan);
    Response process(Area area, Request& request, const Match& match, const FaultPlan& plan);
    Response gateway(Request& request, const Match& match, const FaultPlan& plan);
    void wait(std::int64_t ms);

    Services& _services;
    DataCenter _dataCenter;
    std::mutex _mutex;
    std::condition_variable _stopped;
    bool _stop = false;
};

} // namespace jira_sim
