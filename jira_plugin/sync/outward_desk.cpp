#include "outward_desk.hpp"

#include "host/services.hpp"
#include "occasion.hpp"
#include "outward_comment.hpp"
#include "store/outward_listing.hpp"

namespace jira_plugin::sync {
namespace {

std::string sentence(const store::OutwardTask& task) {
    if (task.kind == toString(Arisen::Kind::Fields))
        return "Keep the ticket's fields in step.";
    return sentenceOf(occasionFromString(task.occasion), task.who, task.oldValue, task.newValue);
}

} // namespace

OutwardDesk::OutwardDesk(store::Database& database, host::Clock& clock, std::function<void()> wake)
    : _database(database), _clock(clock), _wake(std::move(wake)) {}

OutwardDesk::Counts OutwardDesk::counts(const std::string& organisation) {
    Counts counts;
    for (const auto& [state, count] : store::OutwardListing(_database).counts(organisation))
        (state == "queued" ? counts.queued : state == "waiting" ? counts.waiting : counts.parked) = count;
    return counts;
}

OutwardDesk::Listing OutwardDesk::list(const std::string& organisation, const std::string& state,
                                       const std::string& after, std::int64_t limit) {
    const auto page = store::OutwardListing(_database).list(organisation, state, after, limit);
    Listing listing;
    listing.next = page.next;
    for (const auto& [task, key, url] : page.rows) {
        OutwardListed row;
        row.id = task.id;
        row.finding = task.finding;
        row.issueKey = key;
        row.issueUrl = url;
        row.what = sentence(task);
        row.state = task.state;
        row.sinceMs = task.createdAtMs;
        row.dueAtMs = task.dueAtMs;
        row.cause = task.cause;
        row.message = task.message;
        row.remedy = task.remedy;
        listing.rows.push_back(std::move(row));
    }
    return listing;
}

bool OutwardDesk::retry(const std::string& organisation, const std::string& id) {
    const bool any = store::OutwardListing(_database).retry(organisation, "id", id, _clock.nowMs()) > 0;
    if (any)
        _wake();
    return any;
}

std::int64_t OutwardDesk::retryCause(const std::string& organisation, const std::string& cause) {
    const auto count = store::OutwardListing(_database).retry(organisation, "cause", cause, _clock.nowMs());
    if (count > 0)
        _wake();
    return count;
}

std::int64_t OutwardDesk::retryAll(const std::string& organisation) {
    const auto count =
        store::OutwardListing(_database).retry(organisation, "state", "parked", _clock.nowMs());
    if (count > 0)
        _wake();
    return count;
}

bool OutwardDesk::drop(const std::string& organisation, const std::string& id) {
    return store::OutwardListing(_database).drop(organisation, id);
}

} // namespace jira_plugin::sync
