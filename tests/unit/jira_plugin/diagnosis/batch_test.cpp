#include <catch2/catch.hpp>

#include "diagnosis/batch.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace jira_plugin::diagnosis;

namespace {

CheckResult numbered(std::size_t job) {
    CheckResult result;
    result.check = std::to_string(job);
    return result;
}
bool always() {
    return true;
}

} // namespace

TEST_CASE("every job runs once and its results come on the calling thread", "[diagnosis]") {
    std::multiset<std::string> taken;
    const auto caller = std::this_thread::get_id();
    bool isCaller = true;
    const auto begun = runBatch(
        100, 4, [](std::size_t job, const Emit& emit) { emit(numbered(job)); },
        [&](const CheckResult& result) {
            isCaller = isCaller && std::this_thread::get_id() == caller;
            taken.insert(result.check);
            return true;
        },
        &always);
    CHECK(begun == 100);
    CHECK(isCaller);
    CHECK(taken.size() == 100);
    CHECK(std::set<std::string>(taken.begin(), taken.end()).size() == 100);
}

TEST_CASE("no job begins once nobody listens or the time is up", "[diagnosis]") {
    std::atomic<int> ran{0};
    const auto work = [&](std::size_t job, const Emit& emit) {
        ++ran;
        emit(numbered(job));
    };
    CHECK(runBatch(
              100, 1, work, [](const CheckResult&) { return true; }, [&] { return ran < 3; }) == 3);

    ran = 0;
    std::mutex mutex;
    mutex.lock(); // holds the second job until the first one's result was refused
    bool isFirst = true;
    const auto begun = runBatch(
        100, 1,
        [&](std::size_t job, const Emit& emit) {
            if (job == 1)
                mutex.lock();
            if (job > 1) // begun between the unlocking and the stop: lets the stop come first
                std::this_thread::sleep_for(std::chrono::seconds(1));
            work(job, emit);
        },
        [&](const CheckResult&) {
            if (isFirst)
                mutex.unlock();
            isFirst = false;
            return false;
        },
        &always);
    CHECK(begun <= 3); // one may have begun between the unlocking and the stop
    CHECK(ran == static_cast<int>(begun));
    CHECK(runBatch(
              0, 4, work, [](const CheckResult&) { return true; }, &always) == 0);
}
