#include "live_sync_desk.hpp"

#include "sync/inbox_store.hpp"
#include "sync/manual_link.hpp"
#include "sync/outward_desk.hpp"

namespace jira_plugin::settings {
namespace {

constexpr std::int64_t mostRows = 100;

std::string sentence(const sync::ParkedDelivery& delivery) {
    return delivery.event.rfind("comment", 0) == 0  ? "A comment was written, changed or deleted."
           : delivery.event == "jira:issue_deleted" ? "The ticket was deleted."
           : delivery.event == "jira:issue_created" ? "A ticket was created."
                                                    : "The ticket was changed.";
}

SyncDesk::Waiting shown(const sync::ParkedDelivery& delivery) {
    SyncDesk::Waiting row;
    row.id = delivery.delivery;
    row.issueKey = delivery.issueKey;
    row.what = sentence(delivery);
    row.sinceMs = delivery.receivedAtMs;
    row.cause = delivery.cause;
    row.message = delivery.message;
    row.remedy = delivery.remedy;
    return row;
}

SyncDesk::Waiting shown(const sync::OutwardListed& listed) {
    SyncDesk::Waiting row;
    row.id = listed.id;
    row.finding = listed.finding;
    row.issueKey = listed.issueKey;
    row.issueUrl = listed.issueUrl;
    row.what = listed.what;
    row.sinceMs = listed.sinceMs;
    row.cause = listed.cause;
    row.message = listed.message;
    row.remedy = listed.remedy;
    return row;
}

sync::ManualLinks::Actor asLinked(const SyncDesk::Actor& actor) {
    return {actor.user, actor.name};
}

} // namespace

SyncDesk::Linked LiveSyncDesk::link(const std::string& organisation, const std::string& finding,
                                    const std::string& keyOrUrl, const Actor& actor) {
    auto linked = _links.link(organisation, finding, keyOrUrl, asLinked(actor));
    return {std::move(linked.ticket), std::move(linked.others)};
}

host::TicketRef LiveSyncDesk::unlink(const std::string& organisation, const std::string& finding,
                                     const Actor& actor) {
    return _links.unlink(organisation, finding, asLinked(actor));
}

void LiveSyncDesk::createAgain(const std::string& organisation, const std::string& finding,
                               const Actor& actor) {
    _links.createAgain(organisation, finding, asLinked(actor));
}

SyncDesk::Queue LiveSyncDesk::queue(const std::string& organisation, Direction direction) {
    return direction == Direction::Incoming ? incoming(organisation) : outgoing(organisation);
}

SyncDesk::Queue LiveSyncDesk::incoming(const std::string& organisation) {
    const auto counts = _inbox.counts(organisation);
    Queue queue;
    queue.waiting = counts.due;
    queue.parked = counts.parked;
    queue.lastHeardMs = counts.lastReceivedMs;
    for (const auto& delivery : _inbox.parked(organisation, mostRows))
        queue.rows.push_back(shown(delivery));
    queue.isComplete = counts.parked <= static_cast<std::int64_t>(queue.rows.size());
    return queue;
}

SyncDesk::Queue LiveSyncDesk::outgoing(const std::string& organisation) {
    const auto counts = _outward.counts(organisation);
    Queue queue;
    queue.waiting = counts.queued + counts.waiting;
    queue.parked = counts.parked;
    const auto listing = _outward.list(organisation, "parked", "", mostRows);
    for (const auto& listed : listing.rows)
        queue.rows.push_back(shown(listed));
    queue.isComplete = listing.next.empty();
    return queue;
}

std::int64_t LiveSyncDesk::retry(const std::string& organisation, Direction direction, const std::string& id,
                                 const std::string& cause) {
    if (direction == Direction::Incoming) {
        const auto count = _inbox.retry(organisation, id, cause, _clock.nowMs());
        _inboxChanged();
        return count;
    }
    if (!id.empty())
        return _outward.retry(organisation, id) ? 1 : 0;
    return cause.empty() ? _outward.retryAll(organisation) : _outward.retryCause(organisation, cause);
}

bool LiveSyncDesk::drop(const std::string& organisation, const std::string& id) {
    return _outward.drop(organisation, id);
}

} // namespace jira_plugin::settings
