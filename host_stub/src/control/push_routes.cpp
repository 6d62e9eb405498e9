// Making tickets, and where that stands.
#include <chrono>

#include "../runtime/stub_host.hpp"
#include "../web/sessions.hpp"
#include "body.hpp"
#include "finding_json.hpp"
#include "json_build.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

constexpr std::int64_t mostWaitMs = std::int64_t{24} * 3600 * 1000;
constexpr std::size_t mostBodyBytes = std::size_t{16} * 1024 * 1024;

StubHost::PushHook requireHook(ControlCall& call) {
    auto hook = call.host.pushHook();
    if (hook.plugin == nullptr)
        throw HttpError(409, "No plugin of this host makes tickets.",
                        "Start host_stub serve with --plugin and the directory of one that does.");
    return hook;
}

Finding requireFinding(ControlCall& call) {
    return call.host.findings().get(call.organisation(), call.names[1]);
}

void requireOk(const StubHost::PushHook& hook, const HookResult& result) {
    if (!result.ok())
        throw HttpError(409, hook.plugin->manifest().name + " has no answer: " + result.message,
                        result.remedy);
}

template <typename Counts> Poco::JSON::Object::Ptr statesToJson(const Counts& counts) {
    auto json = jsonObject({});
    for (const auto& [state, count] : counts)
        json->set(pushStateName(state), static_cast<Poco::Int64>(count));
    return json;
}

std::optional<Principal> userIn(ControlCall& call, const Body& body) {
    if (!body.has("user"))
        return std::nullopt;
    std::string user = body.text("user");
    auto principal = call.sessions.principal({call.organisation(), user, ""});
    if (!principal)
        throw HttpError(404, "There is no user " + user + " in the organisation " + call.organisation() + ".",
                        "Leave \"user\" out, or name one that exists.");
    return principal;
}

PushOrder orderIn(ControlCall& call, const Body& body) {
    PushOrder order;
    order.organisation = call.organisation();
    order.project = call.project(body.text("project")).id;
    order.findings = body.texts("findings");
    order.retry = body.truth("retry", false);
    order.requestedBy = userIn(call, body);
    bool all = body.truth("all", false);
    // An order without ids means all of the project: only who says so gets that.
    if (all != order.findings.empty())
        body.refuse("findings", "must name findings, or \"all\" be true, and not both");
    return order;
}

/// Where the pushes of an order stand now: of the findings it names, or of all of its project.
std::map<aspm_push_state, std::int64_t> statesNow(FindingStore& findings, const PushOrder& order) {
    if (order.findings.empty())
        return findings.pushStates(order.organisation, order.project);
    std::map<aspm_push_state, std::int64_t> states;
    for (const std::string& id : order.findings)
        if (auto found = findings.find(order.organisation, id))
            ++states[found->push.state];
    return states;
}

Poco::JSON::Object::Ptr refusalToJson(const PushRefusal& refusal) {
    return jsonObject(
        {{"finding", refusal.finding}, {"message", refusal.message}, {"remedy", refusal.remedy}});
}

Reply push(ControlCall& call) {
    Body body(call.exchange.body(mostBodyBytes), {"project", "findings", "all", "user", "retry", "waitMs"});
    PushOrder order = orderIn(call, body);
    std::int64_t waitMs = body.number("waitMs", 0, mostWaitMs);
    auto hook = requireHook(call);
    PushOutcome outcome = call.host.pusher().push(*hook.plugin, hook.info.id, order);
    auto states = statesToJson(outcome.states);
    bool timedOut = false;
    if (waitMs > 0) {
        timedOut = !call.host.waitForPushes(order.organisation, order.project, waitMs);
        states = statesToJson(statesNow(call.host.findings(), order));
    }
    return {200, jsonObject({{"asked", static_cast<Poco::UInt64>(outcome.asked)},
                             {"states", states},
                             {"refused", jsonArray(outcome.refused, refusalToJson)},
                             {"timedOut", timedOut}})};
}

Reply pushStates(ControlCall& call) {
    std::string key = call.exchange.parameter("project");
    auto counts =
        call.host.findings().pushStates(call.organisation(), key.empty() ? "" : call.project(key).id);
    return {200, jsonObject({{"states", statesToJson(counts)}, {"outstanding", outstandingIn(counts)}})};
}

Reply pushState(ControlCall& call) {
    Finding finding = requireFinding(call);
    auto hook = requireHook(call);
    auto answer = hook.plugin->pushState(hook.info.id, call.organisation(), finding.id);
    requireOk(hook, answer.result);
    return {200, jsonObject({{"state", pushStateName(answer.state)},
                             {"sinceMs", answer.sinceMs},
                             {"message", answer.message},
                             {"remedy", answer.remedy},
                             {"ticket", ticketToJson(answer.ticket)}})};
}

Reply preview(ControlCall& call) {
    Finding finding = requireFinding(call);
    auto hook = requireHook(call);
    auto answer = hook.plugin->preview(hook.info.id, finding);
    requireOk(hook, answer.result);
    auto field = [](const auto& one) { return jsonObject({{"name", one.first}, {"value", one.second}}); };
    auto problem = [](const PreviewProblem& one) {
        return jsonObject({{"message", one.message}, {"remedy", one.remedy}});
    };
    return {200, jsonObject({{"fields", jsonArray(answer.fields, field)},
                             {"payloadType", answer.payloadType},
                             {"payload", answer.payload},
                             {"problems", jsonArray(answer.problems, problem)}})};
}

} // namespace

std::vector<Route> pushRoutes() {
    return {{"POST", "organisations/{}/push", push},
            {"GET", "organisations/{}/push", pushStates},
            {"GET", "organisations/{}/findings/{}/push", pushState},
            {"GET", "organisations/{}/findings/{}/preview", preview}};
}

} // namespace aspm::host
