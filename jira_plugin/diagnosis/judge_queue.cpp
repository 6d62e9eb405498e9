#include "judge_queue.hpp"

namespace jira_plugin::diagnosis {
namespace {

using store::OutboxState;

Judgement paused(Judgement judgement, const store::Pause& pause) {
    const bool needsAdmin = pause.kind == store::Pause::Kind::Connection;
    judgement.state = needsAdmin ? CheckState::Failed : CheckState::Warning;
    judgement.cause = "The queue waits until " + utcText(pause.untilMs) + ": " + pause.message;
    judgement.remedy = pause.remedy;
    if (!needsAdmin)
        judgement.fix = Fix{resumeQueue, "Try again now"};
    return judgement;
}

} // namespace

Judgement judgeQueue(const std::map<OutboxState, std::int64_t>& counts,
                     const std::optional<store::Pause>& pause) {
    const auto count = [&](OutboxState state) {
        const auto found = counts.find(state);
        return found == counts.end() ? 0 : found->second;
    };
    const auto parked = count(OutboxState::Parked);
    const auto doubtful = count(OutboxState::InDoubt);
    Judgement judgement = ok(std::to_string(count(OutboxState::Created)) + " created, " +
                             std::to_string(count(OutboxState::Queued) + count(OutboxState::Sending)) +
                             " queued, " + std::to_string(count(OutboxState::Waiting)) + " waiting, " +
                             std::to_string(doubtful) + " in doubt, " + std::to_string(parked) + " parked.");
    if (pause)
        return paused(std::move(judgement), *pause);
    if (parked > 0) {
        judgement.state = CheckState::Warning;
        judgement.cause =
            countText(parked, "finding") + " cannot become tickets until somebody changes something.";
        judgement.remedy =
            "Activity lists them with their reasons. When the reason is mended, try them again.";
        judgement.fix = Fix{retryParked, "Try the parked ones again"};
    } else if (doubtful > 0) {
        judgement.state = CheckState::Warning;
        judgement.cause = "Jira's answer about " + countText(doubtful, "ticket") + " was lost.";
        judgement.remedy = "Nothing to do: they are looked up by their label and adopted, or sent again.";
    }
    return judgement;
}

} // namespace jira_plugin::diagnosis
