#include "refusal_memory.hpp"

namespace jira_plugin::push {
namespace {

constexpr std::chrono::minutes lifetime{3};

} // namespace

void RefusalMemory::remember(const std::string& organisation, const std::string& projectId,
                             const std::string& issueTypeId, const Ruling& ruling) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _entries[{organisation, projectId, issueTypeId}] = {ruling, _clock() + lifetime};
}

std::optional<Ruling> RefusalMemory::recall(const std::string& organisation, const std::string& projectId,
                                            const std::string& issueTypeId) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto found = _entries.find({organisation, projectId, issueTypeId});
    if (found == _entries.end())
        return std::nullopt;
    if (_clock() < found->second.until)
        return found->second.ruling;
    _entries.erase(found);
    return std::nullopt;
}

void RefusalMemory::forget(const std::string& organisation) {
    const std::lock_guard<std::mutex> lock(_mutex);
    for (auto entry = _entries.begin(); entry != _entries.end();)
        entry = std::get<0>(entry->first) == organisation ? _entries.erase(entry) : std::next(entry);
}

} // namespace jira_plugin::push
