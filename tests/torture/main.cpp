// Shows that nothing is lost and nothing is twice, or says what is.
#include "many_hosts.hpp"
#include "options.hpp"
#include "run.hpp"

#include <atomic>
#include <csignal>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using torture::Result;
using torture::Wrong;

/// Runs seeds on some threads and tells what comes out. Safe from any thread.
class Series {
public:
    explicit Series(torture::Options options) : _options(std::move(options)), _next(_options.firstSeed) {}

    /// True when every run came out right.
    bool go() {
        std::vector<std::thread> threads;
        threads.reserve(static_cast<std::size_t>(_options.jobs));
        for (int i = 0; i < _options.jobs; ++i)
            threads.emplace_back([this] { work(); });
        for (auto& thread : threads)
            thread.join();
        tellSums();
        return _failedSeeds.empty();
    }

private:
    void work() {
        while (isGoingOn()) {
            const std::uint64_t seed = _next++;
            if (_options.lastSeed && seed > *_options.lastSeed)
                return;
            add(torture::run(seed, _options.keep));
        }
    }

    bool isGoingOn() const {
        return !_options.time || std::chrono::steady_clock::now() - _started < *_options.time;
    }

    void add(const Result& result) {
        const std::lock_guard<std::mutex> lock(_mutex);
        ++_runs;
        _deaths += result.diary.deaths;
        for (const auto& [point, times] : result.diary.deathsAt)
            _deathsAt[point] += times;
        _faults += result.diary.faults;
        _reconnects += result.diary.reconnects;
        _findings += result.findings;
        for (const auto& verdict : result.wrong)
            ++_wrong[verdict.kind];
        if (!result.wrong.empty()) {
            _failedSeeds.push_back(result.seed);
            tellFailure(result);
        } else if (_options.isTold) {
            tellDiary(result);
        }
        if (_runs % 50 == 0)
            std::cout << _runs << " runs, " << _failedSeeds.size() << " failed" << std::endl;
    }

    static void tellDiary(const Result& result) {
        std::cout << "seed " << result.seed << "\n";
        for (const std::string& line : result.diary.lines)
            std::cout << "  " << line << "\n";
        std::cout << std::flush;
    }

    static void tellFailure(const Result& result) {
        std::cout << "\nFAILED ";
        tellDiary(result);
        for (const auto& verdict : result.wrong)
            std::cout << "  " << toString(verdict.kind) << ": " << verdict.text << "\n";
        std::cout << "  data and logs: " << result.kept.string() << "\n  again: ./dev torture --seed "
                  << result.seed << "\n"
                  << std::endl;
    }

    long count(Wrong kind) const {
        const auto found = _wrong.find(kind);
        return found == _wrong.end() ? 0 : found->second;
    }

    void tellSums() const {
        const auto took =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - _started);
        std::cout << _runs << " runs from seed " << _options.firstSeed << " in " << took.count()
                  << " s: " << _deaths << " deaths, " << _faults << " faults, " << _reconnects
                  << " reconnects, " << _findings << " findings; " << count(Wrong::Lost) << " lost, "
                  << count(Wrong::Double) << " double, " << count(Wrong::Stuck) << " stuck, "
                  << count(Wrong::Differs) << " disagreements, " << count(Wrong::Leak) << " leaks, "
                  << count(Wrong::Grows) << " growing; " << _failedSeeds.size() << " runs failed";
        for (const std::uint64_t seed : _failedSeeds)
            std::cout << " " << seed;
        std::cout << "\ndeaths:";
        for (const auto& [point, times] : _deathsAt)
            std::cout << " " << point << " " << times << (point == _deathsAt.rbegin()->first ? "" : ",");
        std::cout << std::endl;
    }

    const torture::Options _options;
    const std::chrono::steady_clock::time_point _started = std::chrono::steady_clock::now();
    std::atomic<std::uint64_t> _next;
    std::mutex _mutex;
    long _runs = 0, _deaths = 0, _faults = 0, _reconnects = 0;
    std::size_t _findings = 0;
    std::map<std::string, long> _deathsAt;
    std::map<Wrong, long> _wrong;
    std::vector<std::uint64_t> _failedSeeds;
};

torture::ManyHosts manyHosts(const torture::Options& options) {
    torture::ManyHosts order;
    order.hosts = options.hosts;
    order.time = options.time.value_or(order.time);
    order.killEvery = options.killEvery;
    order.findings = options.findings;
    order.webhooks = options.webhooks;
    order.seed = options.firstSeed;
    order.keep = options.keep;
    order.isTold = options.isTold;
    return order;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const torture::Options options = torture::readOptions(argc, argv);
        if (options.help) {
            std::cout << torture::helpText();
            return 0;
        }
        // A host whose disk is full shall see that its write fails, as on a full disk; it inherits this.
        std::signal(SIGXFSZ, SIG_IGN);
        std::signal(SIGPIPE, SIG_IGN);
        if (options.hosts > 0)
            return torture::runManyHosts(manyHosts(options), std::cout) ? 0 : 1;
        return Series(options).go() ? 0 : 1;
    } catch (const std::exception& problem) {
        std::cerr << "torture: " << problem.what() << "\n";
        return 2;
    }
}
