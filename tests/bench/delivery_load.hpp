#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

namespace bench {

/// One delivery of Jira.
struct LoadRequest {
    std::string path;
    std::string body;
    std::map<std::string, std::string> headers;
};

struct LoadResult {
    long long count = 0;
    double perSecond = 0;
    double p99Ms = 0; ///< from when it was due to the whole answer
};

/// Sends deliveries over as many kept-alive connections for that long, each its own: request makes the one of
/// a number. rate 0: as fast as they are answered; else so many a second, each at its time however long
/// others take. Throws std::runtime_error when one is not answered by 200.
LoadResult sendDeliveries(const std::string& url, int connections, std::chrono::milliseconds duration,
                          double rate, const std::function<LoadRequest(long number)>& request);

} // namespace bench
