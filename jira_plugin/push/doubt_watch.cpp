#include "doubt_watch.hpp"

namespace jira_plugin::push {

void DoubtWatch::begin(const std::string& organisation, const std::string& finding) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _since[{organisation, finding}] = _clock();
}

std::int64_t DoubtWatch::watchedMs(const store::OutboxRow& row, Moment until) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const Moment since = _since.try_emplace({row.organisation, row.finding}, until).first->second;
    return std::chrono::duration_cast<std::chrono::milliseconds>(until - since).count();
}

void DoubtWatch::forget(const store::OutboxRow& row) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _since.erase({row.organisation, row.finding});
}

} // namespace jira_plugin::push
