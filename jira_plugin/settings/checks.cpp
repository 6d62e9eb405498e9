#include "handlers.hpp"

#include "diagnosis/checks.hpp"
#include "diagnosis/judge_project.hpp"
#include "diagnosis/judge_queue.hpp"
#include "diagnosis/judge_webhook.hpp"
#include "diagnosis/organisation_checks.hpp"
#include "diagnosis/support_bundle.hpp"
#include "mapping/json_reader.hpp"
#include "mapping/text.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

using diagnosis::CheckResult;
using diagnosis::CheckState;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

bool isCheck(const std::string& id) {
    const auto& kinds = diagnosis::checkKinds();
    return std::any_of(kinds.begin(), kinds.end(), [&](const auto& kind) { return id == kind.id; });
}

std::set<std::string> readOnly(const Array::Ptr& list) {
    std::set<std::string> only;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const Var id = list->get(static_cast<unsigned>(i));
        if (!id.isString() || !isCheck(id.convert<std::string>()))
            throw mapping::SettingsProblem(
                "only", "'only' must be a list of ids that GET /api/checks has, such as [\"token\"].");
        only.insert(id.convert<std::string>());
    }
    if (list && only.empty())
        throw mapping::SettingsProblem("only", "'only' must name at least one check; leave it out for all.");
    return only;
}

diagnosis::Checks::Request readRun(const Context& context) {
    mapping::JsonReader reader(context.body());
    diagnosis::Checks::Request request;
    request.organisation = context.organisation();
    request.only = readOnly(reader.array("only"));
    reader.finish();
    if (!context.who.isAdmin)
        request.projects = context.who.administeredProjects;
    return request;
}

std::string line(const Object::Ptr& json) {
    return mapping::jsonText(json) + "\n";
}

/// The run as lines; also one that breaks off ends with a line that says so.
void streamRun(diagnosis::Checks& checks, host::Log& log, const diagnosis::Checks::Request& request,
               const Response::Piece& send) {
    std::int64_t failed = 0;
    std::int64_t warnings = 0;
    Object::Ptr last = new Object;
    try {
        checks.run(request, [&](const CheckResult& result) {
            failed += result.judgement.state == CheckState::Failed ? 1 : 0;
            warnings += result.judgement.state == CheckState::Warning ? 1 : 0;
            return send(line(diagnosis::toJson(result)));
        });
        last->set("done", true);
    } catch (const std::exception& error) {
        log.error("A run of the checks broke off", {{"error", error.what()}});
        last->set("done", false);
    }
    last->set("failed", failed);
    last->set("warnings", warnings);
    send(line(last));
}

void requireAdmin(const Context& context) {
    if (!context.who.isAdmin)
        throw ApiProblem(403, "forbidden", "Only an admin can do this.",
                         "Ask an admin of " + context.who.organisationName + ".");
}

std::string retryParked(Context& context) {
    std::int64_t count = 0;
    if (context.who.isAdmin)
        count = context.parts.pushes.retry(context.organisation(), {"", "", ""});
    else
        for (const auto& project : context.who.administeredProjects)
            count += context.parts.pushes.retry(context.organisation(), {"", project, ""});
    return diagnosis::countText(count, "finding") + " queued again.";
}

/// Does it and says what was done.
std::string applyFix(Context& context, const std::string& fix) {
    if (fix == diagnosis::rereadMetadata) {
        context.parts.metadata.drop(context.organisation());
        return "What was known of Jira's projects is forgotten and read again.";
    }
    if (fix == diagnosis::retryParked)
        return retryParked(context);
    if (fix == diagnosis::resumeQueue) {
        requireAdmin(context);
        context.parts.pushes.resume(context.organisation());
        return "The queue goes on now.";
    }
    if (fix == diagnosis::refreshToken) {
        requireAdmin(context);
        context.parts.connection.renew(context.organisation());
        return "The access token was renewed.";
    }
    if (fix == diagnosis::repairWebhook && context.parts.checks.ground().health) {
        requireAdmin(context);
        const auto health =
            context.parts.checks.ground().health->repair(context.organisation(), context.who.user);
        return health.message + " What was missed is being fetched.";
    }
    throw mapping::SettingsProblem("fix", "'fix' must be the id of a fix that a check offered.");
}

} // namespace

Response listChecks(Context&) {
    Array::Ptr checks = new Array;
    for (const auto& kind : diagnosis::checkKinds()) {
        Object::Ptr json = new Object;
        json->set("id", std::string(kind.id));
        json->set("title", std::string(kind.title));
        checks->add(json);
    }
    Object::Ptr json = new Object;
    json->set("checks", checks);
    return jsonResponse(200, json);
}

Response runChecks(Context& context) {
    const auto request = readRun(context);
    Response response = jsonResponse(200, new Object);
    response.body.clear();
    response.headers.front().second = "application/x-ndjson";
    // The context ends with this function; what is taken along outlives the answer.
    response.stream = [&checks = context.parts.checks, &log = context.parts.host.log,
                       request](const Response::Piece& send) { streamRun(checks, log, request, send); };
    return response;
}

Response fixCheck(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto fix = reader.string("fix", 64).value_or("");
    reader.finish();
    Object::Ptr json = new Object;
    json->set("message", applyFix(context, fix));
    context.audit("jira.check.fixed", fix);
    return jsonResponse(200, json);
}

Response showSupportBundle(Context& context) {
    const auto bundle =
        diagnosis::supportBundle(context.parts.checks, context.organisation(), context.parts.version);
    Response response = jsonResponse(200, bundle);
    const std::string date = timeJson(context.parts.host.clock.nowMs()).convert<std::string>().substr(0, 10);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"mayo-aspm-jira-support-" + date + ".json\"");
    context.audit("jira.support_bundle.read", date);
    return response;
}

} // namespace jira_plugin::settings
