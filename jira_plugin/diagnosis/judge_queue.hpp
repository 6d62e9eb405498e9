#pragma once

#include "check.hpp"

#include "store/outbox_row.hpp"
#include "store/pause_store.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace jira_plugin::diagnosis {

constexpr const char* resumeQueue = "resume_queue";
constexpr const char* retryParked = "retry_parked";

/// Pure. pause: that holds now.
Judgement judgeQueue(const std::map<store::OutboxState, std::int64_t>& counts,
                     const std::optional<store::Pause>& pause);

} // namespace jira_plugin::diagnosis
