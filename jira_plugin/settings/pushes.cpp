#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "push_json.hpp"

#include <stdexcept>

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using store::OutboxState;

Object::Ptr countsJson(const std::map<OutboxState, std::int64_t>& counts) {
    std::map<std::string, std::int64_t> byWord{
        {"queued", 0}, {"waiting", 0}, {"in_doubt", 0}, {"parked", 0}, {"created", 0}};
    for (const auto& [state, count] : counts)
        byWord[stateWord(state)] += count;
    Object::Ptr json = new Object;
    for (const auto& [word, count] : byWord)
        json->set(word, count);
    return json;
}

Array::Ptr causesJson(const std::vector<store::OutboxListing::CauseCount>& causes) {
    Array::Ptr json = new Array;
    for (const auto& cause : causes) {
        Object::Ptr each = new Object;
        each->set("cause", cause.cause);
        each->set("state", stateWord(cause.state));
        each->set("message", cause.message);
        each->set("remedy", cause.remedy);
        each->set("count", cause.count);
        json->add(each);
    }
    return json;
}

Var pauseJson(const std::optional<store::Pause>& pause) {
    if (!pause)
        return {};
    Object::Ptr json = new Object;
    json->set("message", pause->message);
    json->set("remedy", pause->remedy);
    return json;
}

OutboxState readState(const std::string& word) {
    try {
        return store::outboxStateFromString(word);
    } catch (const std::invalid_argument&) {
        throw ApiProblem(400, "invalid_request",
                         "'state' must be queued, waiting, in_doubt, parked or created.",
                         "Correct the query parameter.", "state");
    }
}

store::OutboxListing::Filter readFilter(const Context& context) {
    store::OutboxListing::Filter filter;
    if (const std::string state = context.query("state"); !state.empty())
        filter.state = readState(state);
    if (const std::string project = context.query("project"); !project.empty())
        filter.project = context.project(project).id;
    filter.cause = context.query("cause");
    filter.text = context.query("text");
    filter.after = context.query("after");
    return filter;
}

store::OutboxListing::Listing page(Context& context) {
    try {
        return context.parts.pushes.list(context.organisation(), readFilter(context));
    } catch (const std::invalid_argument&) {
        throw ApiProblem(400, "invalid_request", "'after' is not the 'next' of an earlier page.",
                         "Begin again without 'after'.", "after");
    }
}

/// What somebody asks to be tried again.
struct RetryRequest {
    std::string finding;
    std::string cause;
};

RetryRequest readRetry(Context& context) {
    mapping::JsonReader reader(context.body());
    RetryRequest request{reader.string("finding", 255).value_or(""),
                         reader.string("cause", 255).value_or("")};
    const bool all = reader.boolean("all").value_or(false);
    reader.finish();
    if (int(!request.finding.empty()) + int(!request.cause.empty()) + int(all) != 1)
        throw mapping::SettingsProblem("",
                                       "Send exactly one of {\"finding\": \"...\"}, {\"cause\": \"...\"} and "
                                       "{\"all\": true}.");
    return request;
}

store::ListedPush findPush(Context& context, const std::string& finding) {
    if (auto push = context.parts.pushes.find(context.organisation(), finding))
        return *std::move(push);
    throw ApiProblem(404, "not_pushed", "No ticket was asked for this finding.",
                     "Create its ticket from the finding's page.");
}

std::int64_t retryOne(Context& context, const std::string& finding) {
    const auto push = findPush(context, finding);
    if (!context.mayEdit(push.row.project))
        throw ApiProblem(403, "forbidden", "You do not administer the project of this finding.",
                         "Ask an admin of " + context.who.organisationName + ".");
    return context.parts.pushes.retry(context.organisation(), {finding, "", ""});
}

/// Of all projects for an admin, of the administered ones for a project admin.
std::int64_t retryMany(Context& context, const std::string& cause) {
    if (context.who.isAdmin)
        return context.parts.pushes.retry(context.organisation(), {"", "", cause});
    std::int64_t count = 0;
    for (const auto& project : context.who.administeredProjects)
        count += context.parts.pushes.retry(context.organisation(), {"", project, cause});
    return count;
}

} // namespace

Response listPushes(Context& context) {
    const auto listing = page(context);
    Array::Ptr pushes = new Array;
    for (const auto& push : listing.pushes)
        pushes->add(pushJson(push));
    Object::Ptr json = new Object;
    json->set("pushes", pushes);
    json->set("next", nullIfEmpty(listing.next));
    json->set("counts", countsJson(context.parts.pushes.counts(context.organisation())));
    json->set("causes", causesJson(context.parts.pushes.causes(context.organisation())));
    json->set("pause", pauseJson(context.parts.pushes.pause(context.organisation())));
    return jsonResponse(200, json);
}

Response showPush(Context& context) {
    return jsonResponse(200, pushJson(findPush(context, context.path("finding"))));
}

Response retryPushes(Context& context) {
    const RetryRequest request = readRetry(context);
    const std::int64_t count =
        request.finding.empty() ? retryMany(context, request.cause) : retryOne(context, request.finding);
    context.audit("jira.push.retried", request.finding.empty() ? request.cause : request.finding);
    Object::Ptr json = new Object;
    json->set("queued", count);
    return jsonResponse(202, json);
}

} // namespace jira_plugin::settings
