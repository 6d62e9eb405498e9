#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/faults.hpp"
#include "http/webhook_client.hpp"
#include "world/clock.hpp"
#include "world/random.hpp"

namespace jira_sim {

/// One event for one address, and what became of it.
struct WebhookDelivery {
    enum class State {
        Pending,   ///< to be sent
        Waiting,   ///< sent in vain, due again
        Held,      ///< by a fault, due later
        Delivered, ///< answered 2xx
        Failed,    ///< refused for good, or given up
        Lost,      ///< by a fault, never sent
        Dropped,   ///< its webhook was taken away before it was delivered
    };

    std::int64_t id = 0;
    std::string identifier; ///< the same on all retries
    std::string cloudId;
    std::vector<std::int64_t> webhookIds;
    std::string url, event, issueKey, body;
    std::string clientSecret; ///< signs the bearer token of a dynamic webhook; empty: none
    std::string hubSecret;    ///< of X-Hub-Signature; empty: none
    bool cloud = true;        ///< with Cloud's headers and its retries

    State state = State::Pending;
    int attempts = 0;
    int lastStatus = 0; ///< 0: no answer yet
    std::string lastError;
    std::int64_t dueMs = 0; ///< by the world's clock, while it waits or is held
};

const char* stateName(WebhookDelivery::State state);

/// Sends deliveries from a thread of its own, in order unless a fault says otherwise. Any thread.
/// It takes no lock of the world's, so it may be called under that.
class WebhookSender {
public:
    WebhookSender(const Clock& clock, Faults& faults, std::uint64_t seed, std::string userAgent);
    /// Stops.
    ~WebhookSender();

    void start();
    /// Ends the delivery that runs and joins the thread. Twice is once.
    void stop();

    /// `identifier`, `id` and the state are given here.
    void send(WebhookDelivery delivery);
    /// Deliveries that are still due are not for this webhook any more; those that are for no other are
    /// dropped.
    void forget(const std::string& cloudId, std::int64_t webhookId);
    /// Everything that waits is due now. Answers how many.
    int flush();
    /// The clock was moved.
    void wake();

    /// The newest ones, oldest first.
    std::vector<WebhookDelivery> list() const;
    std::map<std::string, std::int64_t> counts() const;
    void clear();

private:
    using Lock = std::unique_lock<std::mutex>;

    void run();
    void makeDue();
    void waitForWork(Lock& lock);
    void attempt(std::int64_t id, Lock& lock);
    void settle(WebhookDelivery& delivery, const WebhookClient::Outcome& outcome);
    void release(WebhookDelivery& delivery);
    void enqueueHeld();
    NameValues headersOf(const WebhookDelivery& delivery) const;
    WebhookDelivery* find(std::int64_t id);
    void forgetOldest();

    const Clock& _clock;
    Faults& _faults;
    const std::string _userAgent;
    mutable std::mutex _mutex;
    std::condition_variable _changed;
    Random _random;
    WebhookClient _client;
    std::map<std::int64_t, WebhookDelivery> _deliveries; ///< all that are due, and the newest of the others
    std::deque<std::int64_t> _ready;
    std::deque<std::int64_t> _behindNext;           ///< a fault has them wait for the next one
    std::map<std::string, std::int64_t> _forgotten; ///< counts of those no longer kept, by state
    std::int64_t _nextId = 1;
    bool _stop = false;
    std::thread _thread;
};

} // namespace jira_sim
