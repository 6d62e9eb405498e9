#include "health.hpp"

namespace jira_plugin::sync {

const char* toString(WebhookHealth::State state) {
    using State = WebhookHealth::State;
    switch (state) {
    case State::Off:
        return "off";
    case State::Registering:
        return "registering";
    case State::Unproven:
        return "unproven";
    case State::Healthy:
        return "healthy";
    case State::Manual:
        return "manual";
    case State::Refused:
        return "refused";
    case State::Missing:
        return "missing";
    case State::Disabled:
        return "disabled";
    case State::Expired:
        return "expired";
    case State::Wrong:
        return "wrong";
    case State::Deaf:
        break;
    }
    return "deaf";
}

const char* toString(ReconciliationReport::State state) {
    switch (state) {
    case ReconciliationReport::State::Running:
        return "running";
    case ReconciliationReport::State::Done:
        return "done";
    case ReconciliationReport::State::Failed:
        break;
    }
    return "failed";
}

} // namespace jira_plugin::sync
