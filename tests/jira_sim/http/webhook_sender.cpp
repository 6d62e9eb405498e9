#include "http/webhook_sender.hpp"

#include <algorithm>
#include <chrono>

#include "http/webhook_signature.hpp"

namespace jira_sim {

namespace {

using State = WebhookDelivery::State;

constexpr std::size_t kept = 2000;
constexpr int retries = 5;
constexpr std::int64_t minuteMs = 60'000;
/// How long a delivery that a fault puts behind the next one waits for it.
constexpr std::int64_t reorderWaitMs = 1000;

bool isDue(State state) {
    return state == State::Pending || state == State::Waiting || state == State::Held;
}

bool isRetried(int status) {
    return status == 0 || status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
}

} // namespace

const char* stateName(State state) {
    switch (state) {
    case State::Pending:
        return "pending";
    case State::Waiting:
        return "waiting";
    case State::Held:
        return "held";
    case State::Delivered:
        return "delivered";
    case State::Failed:
        return "failed";
    case State::Lost:
        return "lost";
    default:
        return "dropped";
    }
}

WebhookSender::WebhookSender(const Clock& clock, Faults& faults, std::uint64_t seed, std::string userAgent)
    : _clock(clock), _faults(faults), _userAgent(std::move(userAgent)), _random(seed ^ 0xDE11BE7EULL) {}

WebhookSender::~WebhookSender() {
    stop();
}

void WebhookSender::start() {
    _thread = std::thread([this] { run(); });
}

void WebhookSender::stop() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _stop = true;
        _changed.notify_all();
    }
    _client.abort();
    if (_thread.joinable())
        _thread.join();
}

void WebhookSender::send(WebhookDelivery delivery) {
    const DeliveryPlan plan = _faults.planDelivery(delivery.url, delivery.body);
    const Lock lock(_mutex);
    delivery.identifier = _random.uuid();
    for (int copy = 0; copy < (plan.duplicate ? 2 : 1); ++copy) {
        delivery.id = _nextId++;
        WebhookDelivery& stored = _deliveries[delivery.id] = delivery;
        if (plan.lose) {
            stored.state = State::Lost;
        } else if (plan.delayMs > 0 || plan.reorder) {
            stored.state = State::Held;
            stored.dueMs = _clock.nowMs() + (plan.delayMs > 0 ? plan.delayMs : reorderWaitMs);
            if (plan.delayMs == 0)
                _behindNext.push_back(stored.id);
        } else {
            release(stored);
            enqueueHeld();
        }
    }
    forgetOldest();
    _changed.notify_all();
}

void WebhookSender::release(WebhookDelivery& delivery) {
    delivery.state = State::Pending;
    delivery.dueMs = 0;
    _ready.push_back(delivery.id);
}

void WebhookSender::enqueueHeld() {
    std::deque<std::int64_t> held;
    held.swap(_behindNext);
    for (const std::int64_t id : held)
        if (WebhookDelivery* delivery = find(id); delivery != nullptr && delivery->state == State::Held)
            release(*delivery);
}

WebhookDelivery* WebhookSender::find(std::int64_t id) {
    const auto found = _deliveries.find(id);
    return found == _deliveries.end() ? nullptr : &found->second;
}

void WebhookSender::forgetOldest() {
    for (auto item = _deliveries.begin(); _deliveries.size() > kept && item != _deliveries.end();) {
        if (isDue(item->second.state)) {
            ++item;
            continue;
        }
        ++_forgotten[stateName(item->second.state)];
        item = _deliveries.erase(item);
    }
}

void WebhookSender::forget(const std::string& cloudId, std::int64_t webhookId) {
    const Lock lock(_mutex);
    for (auto& [id, delivery] : _deliveries) {
        auto& ids = delivery.webhookIds;
        const auto found = std::find(ids.begin(), ids.end(), webhookId);
        if (delivery.cloudId != cloudId || !isDue(delivery.state) || found == ids.end())
            continue;
        ids.erase(found);
        if (ids.empty())
            delivery.state = State::Dropped;
    }
}

int WebhookSender::flush() {
    const Lock lock(_mutex);
    int count = 0;
    for (auto& [id, delivery] : _deliveries)
        if (delivery.state == State::Waiting || delivery.state == State::Held) {
            release(delivery);
            ++count;
        }
    _behindNext.clear();
    _changed.notify_all();
    return count;
}

void WebhookSender::wake() {
    const Lock lock(_mutex);
    _changed.notify_all();
}

std::vector<WebhookDelivery> WebhookSender::list() const {
    const Lock lock(_mutex);
    std::vector<WebhookDelivery> list;
    list.reserve(_deliveries.size());
    for (const auto& entry : _deliveries)
        list.push_back(entry.second);
    return list;
}

std::map<std::string, std::int64_t> WebhookSender::counts() const {
    const Lock lock(_mutex);
    std::map<std::string, std::int64_t> counts = _forgotten;
    for (const State state : {State::Pending, State::Waiting, State::Held, State::Delivered, State::Failed,
                              State::Lost, State::Dropped})
        counts[stateName(state)] += 0;
    for (const auto& entry : _deliveries)
        ++counts[stateName(entry.second.state)];
    return counts;
}

void WebhookSender::clear() {
    const Lock lock(_mutex);
    _forgotten.clear();
    for (auto item = _deliveries.begin(); item != _deliveries.end();)
        item = isDue(item->second.state) ? std::next(item) : _deliveries.erase(item);
}

void WebhookSender::run() {
    Lock lock(_mutex);
    while (!_stop) {
        makeDue();
        if (_ready.empty()) {
            waitForWork(lock);
            continue;
        }
        const std::int64_t id = _ready.front();
        _ready.pop_front();
        attempt(id, lock);
    }
}

void WebhookSender::makeDue() {
    const std::int64_t now = _clock.nowMs();
    for (auto& [id, delivery] : _deliveries)
        if ((delivery.state == State::Waiting || delivery.state == State::Held) && delivery.dueMs <= now)
            release(delivery);
}

void WebhookSender::waitForWork(Lock& lock) {
    const bool later = std::any_of(_deliveries.begin(), _deliveries.end(), [](const auto& entry) {
        return entry.second.state == State::Waiting || entry.second.state == State::Held;
    });
    // A test may move the clock without a word: what is due by it is looked for now and then.
    if (later)
        _changed.wait_for(lock, std::chrono::milliseconds(50));
    else
        _changed.wait(lock);
}

void WebhookSender::attempt(std::int64_t id, Lock& lock) {
    const WebhookDelivery* delivery = find(id);
    if (delivery == nullptr || delivery->state != State::Pending)
        return;
    const NameValues headers = headersOf(*delivery);
    const std::string url = delivery->url, body = delivery->body;
    lock.unlock();
    const WebhookClient::Outcome outcome = _client.post(url, headers, body);
    lock.lock();
    if (WebhookDelivery* sent = find(id))
        settle(*sent, outcome);
}

void WebhookSender::settle(WebhookDelivery& delivery, const WebhookClient::Outcome& outcome) {
    ++delivery.attempts;
    delivery.lastStatus = outcome.status;
    delivery.lastError = outcome.error;
    if (outcome.status >= 200 && outcome.status < 300) {
        delivery.state = State::Delivered;
    } else if (delivery.state == State::Pending && delivery.cloud && isRetried(outcome.status) &&
               delivery.attempts <= retries) {
        delivery.state = State::Waiting;
        delivery.dueMs = _clock.nowMs() + 5 * minuteMs +
                         static_cast<std::int64_t>(_random.fraction() * 10 * static_cast<double>(minuteMs));
    } else if (delivery.state == State::Pending) {
        delivery.state = State::Failed;
    }
}

NameValues WebhookSender::headersOf(const WebhookDelivery& delivery) const {
    NameValues headers = {{"Content-Type", "application/json; charset=UTF-8"}, {"User-Agent", _userAgent}};
    if (delivery.cloud) {
        headers.emplace_back("X-Atlassian-Webhook-Identifier", delivery.identifier);
        headers.emplace_back("X-Atlassian-Webhook-Flow", "Primary");
        if (delivery.attempts > 0)
            headers.emplace_back("X-Atlassian-Webhook-Retry", std::to_string(delivery.attempts));
    }
    if (!delivery.clientSecret.empty())
        headers.emplace_back("Authorization",
                             "Bearer " + webhook::bearerToken(delivery.clientSecret, _clock.nowMs() / 1000));
    if (!delivery.hubSecret.empty())
        headers.emplace_back("X-Hub-Signature", webhook::hubSignature(delivery.hubSecret, delivery.body));
    return headers;
}

} // namespace jira_sim
