#pragma once

#include "evidence.hpp"
#include "host_group.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace torture {

/// How much the people of a run do, spread evenly over its time.
struct Workload {
    int findings = 0, deeds = 0;
    std::chrono::seconds time{0};
};

/// People at work while hosts die: one thread brings findings and asks for their tickets, through any host,
/// and another one closes, reopens and comments tickets in Jira. What fails is tried again, as people do.
class Crowd {
public:
    /// Begins at once. group: borrowed, outlives this; it is used through its doors alone.
    Crowd(HostGroup& group, std::uint64_t seed, Workload work);
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    bool isDone() const { return _pushed >= _work.findings && _done >= _work.deeds; }
    /// Ends what goes on. Afterwards the rest may be asked.
    void stop();

    int pushed() const { return _pushed; } ///< findings that a host took an order for
    int deeds() const { return _done; }    ///< of people in Jira
    int repeated() const { return _repeated; }
    int failedCalls() const { return _failedCalls; } ///< hosts that died meanwhile, or refused
    /// By key of the ticket: what was said.
    const std::multimap<std::string, CommentSeen>& said() const { return _said; }
    /// What ended a thread before its time; empty: nothing.
    std::string trouble() const { return _trouble; }

private:
    using Work = void (Crowd::*)(Dice&);

    void run(Work work, std::uint64_t seed);
    void import(Dice& dice);
    void talk(Dice& dice);

    std::vector<std::string> add(const std::string& project, int count, Dice& dice);
    bool push(const std::string& project, const std::vector<std::string>& ids);
    void act(Dice& dice);
    bool move(const std::string& key);
    bool comment(const std::string& key);

    /// Waits until more of `all` is due than `done`. False: it is over.
    bool awaitDue(int all, const std::atomic<int>& done);
    /// False: it is over.
    bool rest(std::chrono::milliseconds time);

    HostGroup& _group;
    const Workload _work;
    const std::chrono::steady_clock::time_point _began = std::chrono::steady_clock::now();
    std::mutex _mutex;
    std::condition_variable _ending;
    bool _isEnding = false;
    std::string _trouble;

    std::atomic<int> _pushed{0}, _done{0}, _repeated{0}, _failedCalls{0};
    std::map<std::string, std::atomic<int>> _perProject; ///< by project in Jira; its keys are made beforehand
    std::map<std::string, bool> _isClosed;               ///< by key of the ticket
    std::multimap<std::string, CommentSeen> _said;
    int _imported = 0, _remarks = 0;
    std::thread _importer, _talker;
};

} // namespace torture
