// Alerts and audit.
#include "../runtime/stub_host.hpp"
#include "json_build.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t usualEvents = 100;
constexpr std::size_t mostEvents = 1000;

Poco::JSON::Object::Ptr alertToJson(const AlertRecord& record) {
    return jsonObject({{"plugin", record.plugin},
                       {"key", record.alert.key},
                       {"level", record.alert.level == ASPM_ALERT_CRITICAL ? "critical" : "warning"},
                       {"title", record.alert.title},
                       {"text", record.alert.text},
                       {"remedy", record.alert.remedy},
                       {"url", record.alert.url},
                       {"count", record.count},
                       {"raisedMs", record.raisedMs},
                       {"lastMs", record.lastMs},
                       {"clearedMs", record.clearedMs}});
}

Poco::JSON::Object::Ptr eventToJson(const AuditRecord& record) {
    return jsonObject({{"atMs", record.atMs},
                       {"actor", record.event.actor},
                       {"action", record.event.action},
                       {"object", record.event.object},
                       {"detail", record.event.detail},
                       {"plugin", record.plugin}});
}

Reply alerts(ControlCall& call) {
    bool alsoCleared = call.exchange.parameter("all") == "1";
    return {200, jsonObject({{"alerts", jsonArray(call.host.alerts().list(call.organisation(), alsoCleared),
                                                  alertToJson)}})};
}

Reply audit(ControlCall& call) {
    std::size_t limit = call.limit(usualEvents, mostEvents);
    return {200, jsonObject({{"events",
                              jsonArray(call.host.audit().list(call.organisation(), limit), eventToJson)}})};
}

} // namespace

std::vector<Route> recordRoutes() {
    return {{"GET", "organisations/{}/alerts", alerts}, {"GET", "organisations/{}/audit", audit}};
}

} // namespace aspm::host
