#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "sync_desk.hpp"

/// What waits or failed between Jira and the findings.
namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;
using Direction = SyncDesk::Direction;

Object::Ptr waitingJson(const SyncDesk::Waiting& row) {
    Object::Ptr json = new Object;
    json->set("id", row.id);
    json->set("finding", nullIfEmpty(row.finding));
    json->set("issueKey", nullIfEmpty(row.issueKey));
    json->set("issueUrl", nullIfEmpty(row.issueUrl));
    json->set("what", row.what);
    json->set("since", timeJson(row.sinceMs));
    json->set("cause", nullIfEmpty(row.cause));
    json->set("message", nullIfEmpty(row.message));
    json->set("remedy", nullIfEmpty(row.remedy));
    return json;
}

Object::Ptr queueJson(const SyncDesk::Queue& queue) {
    Array::Ptr rows = new Array;
    for (const auto& row : queue.rows)
        rows->add(waitingJson(row));
    Object::Ptr json = new Object;
    json->set("waiting", queue.waiting);
    json->set("parked", queue.parked);
    json->set("lastHeardAt", timeJson(queue.lastHeardMs));
    json->set("rows", rows);
    json->set("complete", queue.isComplete);
    return json;
}

Direction readDirection(mapping::JsonReader& reader) {
    const std::string word = reader.string("direction", 20).value_or("");
    if (word != "incoming" && word != "outgoing")
        throw mapping::SettingsProblem("direction", "'direction' must be \"incoming\" or \"outgoing\".");
    return word == "incoming" ? Direction::Incoming : Direction::Outgoing;
}

} // namespace

Response showSyncQueue(Context& context) {
    auto& desk = context.parts.syncDesk;
    Object::Ptr json = new Object;
    json->set("incoming", queueJson(desk.queue(context.organisation(), Direction::Incoming)));
    json->set("outgoing", queueJson(desk.queue(context.organisation(), Direction::Outgoing)));
    return jsonResponse(200, json);
}

Response retrySyncQueue(Context& context) {
    mapping::JsonReader reader(context.body());
    const Direction direction = readDirection(reader);
    const std::string id = reader.string("id", 255).value_or("");
    const std::string cause = reader.string("cause", 255).value_or("");
    const bool all = reader.boolean("all").value_or(false);
    reader.finish();
    if (int(!id.empty()) + int(!cause.empty()) + int(all) != 1)
        throw mapping::SettingsProblem("", "Send exactly one of \"id\", \"cause\" and \"all\": true.");
    const auto count = context.parts.syncDesk.retry(context.organisation(), direction, id, cause);
    if (!id.empty() && count == 0)
        throw ApiProblem(404, "not_parked", "This does not wait for anybody any more.",
                         "Load the list again to see how it stands.");
    context.audit("jira.sync.retried", id.empty() ? cause : id);
    Object::Ptr json = new Object;
    json->set("queued", count);
    return jsonResponse(202, json);
}

Response dropOutgoing(Context& context) {
    const std::string id = context.path("id");
    if (!context.parts.syncDesk.drop(context.organisation(), id))
        throw ApiProblem(404, "not_parked", "This does not wait for anybody any more.",
                         "Load the list again to see how it stands.");
    context.audit("jira.sync.dropped", id);
    return {204, {{"Cache-Control", "no-store"}}, ""};
}

} // namespace jira_plugin::settings
