#include "delivery_load.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

void send(Poco::Net::HTTPClientSession& session, const LoadRequest& delivery) {
    Poco::Net::HTTPRequest request("POST", delivery.path, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setKeepAlive(true);
    request.setContentType("application/json");
    request.setContentLength64(static_cast<Poco::Int64>(delivery.body.size()));
    for (const auto& [name, value] : delivery.headers)
        request.set(name, value);
    session.sendRequest(request) << delivery.body;
    Poco::Net::HTTPResponse response;
    Poco::NullOutputStream nowhere;
    Poco::StreamCopier::copyStream(session.receiveResponse(response), nowhere);
    if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK)
        throw std::runtime_error("a delivery was answered by " + std::to_string(response.getStatus()));
}

/// What the connections share.
struct Load {
    Clock::time_point begin;
    Clock::time_point end;
    double rate = 0;
    std::atomic<long> next{0};
    std::mutex mutex;
    std::vector<double> latencies;
    std::exception_ptr problem;

    Clock::time_point dueAt(long number) const {
        if (rate <= 0)
            return Clock::now();
        return begin + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(static_cast<double>(number) / rate));
    }
};

void run(Load& load, const Poco::URI& uri, const std::function<LoadRequest(long)>& request) {
    std::vector<double> latencies;
    try {
        Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
        session.setKeepAlive(true);
        session.setKeepAliveTimeout(Poco::Timespan(60, 0));
        for (;;) {
            const long number = load.next++;
            const LoadRequest delivery = request(number);
            const auto due = load.dueAt(number);
            if (std::max(due, Clock::now()) >= load.end)
                break;
            std::this_thread::sleep_until(due);
            send(session, delivery);
            latencies.push_back(std::chrono::duration<double, std::milli>(Clock::now() - due).count());
        }
    } catch (...) {
        const std::lock_guard<std::mutex> lock(load.mutex);
        load.problem = std::current_exception();
    }
    const std::lock_guard<std::mutex> lock(load.mutex);
    load.latencies.insert(load.latencies.end(), latencies.begin(), latencies.end());
}

} // namespace

LoadResult sendDeliveries(const std::string& url, int connections, std::chrono::milliseconds duration,
                          double rate, const std::function<LoadRequest(long number)>& request) {
    Load load;
    load.begin = Clock::now();
    load.end = load.begin + duration;
    load.rate = rate;
    const Poco::URI uri(url);
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i)
        threads.emplace_back([&] { run(load, uri, request); });
    for (std::thread& thread : threads)
        thread.join();
    if (load.problem)
        std::rethrow_exception(load.problem);
    if (load.latencies.empty())
        throw std::runtime_error("no delivery was answered in time");
    const double seconds = std::chrono::duration<double>(Clock::now() - load.begin).count();
    std::sort(load.latencies.begin(), load.latencies.end());
    return {static_cast<long long>(load.latencies.size()),
            static_cast<double>(load.latencies.size()) / seconds,
            load.latencies[load.latencies.size() * 99 / 100]};
}

} // namespace bench
