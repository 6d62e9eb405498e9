#include <aspm_host/model.hpp>
#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

const char* const severities[] = {"info", "low", "medium", "high", "critical"};
const char* const findingStatuses[] = {"open",           "resolved",        "accepted",
                                       "false positive", "no longer found", "awaiting scan"};
const char* const pushStates[] = {"none", "queued", "waiting", "in doubt", "parked", "created", "refused"};
const char* const statuses[] = {"OK",     "PENDING",   "ARGUMENT", "NOT_FOUND",   "CONFIG",  "TRANSIENT",
                                "REMOTE", "CANCELLED", "STATE",    "UNSUPPORTED", "INTERNAL"};

template <std::size_t N>
const char* at(const char* const (&names)[N], std::int32_t index, const char* other) {
    return index >= 0 && static_cast<std::size_t>(index) < N ? names[index] : other;
}

template <std::size_t N>
bool find(const char* const (&names)[N], const std::string& name, std::int32_t& index) {
    for (std::size_t i = 0; i < N; ++i)
        if (name == names[i]) {
            index = static_cast<std::int32_t>(i);
            return true;
        }
    return false;
}

} // namespace

const char* severityName(aspm_severity severity) {
    return at(severities, severity, "unknown");
}
const char* findingStatusName(aspm_finding_status status) {
    return at(findingStatuses, status, "unknown");
}
const char* pushStateName(aspm_push_state state) {
    return at(pushStates, state, "unknown");
}
const char* statusName(aspm_status status) {
    return at(statuses, status, "INTERNAL");
}

bool severityFromName(const std::string& name, aspm_severity& severity) {
    return find(severities, name, severity);
}
bool findingStatusFromName(const std::string& name, aspm_finding_status& status) {
    return find(findingStatuses, name, status);
}
bool pushStateFromName(const std::string& name, aspm_push_state& state) {
    return find(pushStates, name, state);
}

} // namespace aspm::host
