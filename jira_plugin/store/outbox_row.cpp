#include "outbox_row.hpp"

#include <array>
#include <stdexcept>

namespace jira_plugin::store {
namespace {

constexpr std::array<const char*, 6> words{"queued", "sending", "in_doubt", "waiting", "parked", "created"};

} // namespace

const char* toString(OutboxState state) {
    return words.at(static_cast<std::size_t>(state));
}

OutboxState outboxStateFromString(const std::string& word) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (word == words[i])
            return static_cast<OutboxState>(i);
    throw std::invalid_argument("'" + word + "' is not a state of a push.");
}

host::PushState toPushState(OutboxState state) {
    switch (state) {
    case OutboxState::Queued:
    case OutboxState::Sending:
        return host::PushState::Queued;
    case OutboxState::InDoubt:
        return host::PushState::InDoubt;
    case OutboxState::Waiting:
        return host::PushState::Waiting;
    case OutboxState::Parked:
        return host::PushState::Parked;
    case OutboxState::Created:
        return host::PushState::Created;
    }
    return host::PushState::None;
}

} // namespace jira_plugin::store
