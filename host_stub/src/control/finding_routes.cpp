// Findings: list, add, change, remove, their timelines.
#include <functional>

#include <Poco/DateTimeParser.h>
#include <Poco/RegularExpression.h>

#include "../runtime/stub_host.hpp"
#include "body.hpp"
#include "finding_json.hpp"
#include "json_build.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t mostListed = 1000;
constexpr std::size_t mostBodyBytes = std::size_t{64} * 1024 * 1024;
constexpr std::int64_t mostLine = 1'000'000'000;

const char* const severityWords = "one of info, low, medium, high, critical";
const char* const statusWords =
    "one of open, resolved, accepted, false positive, no longer found, awaiting scan";
const char* const stateWords = "one of none, queued, waiting, in doubt, parked, created, refused";

/// A query parameter that is one of a closed list of words, if it is given.
template <typename Value>
std::optional<Value> wordIn(const ControlCall& call, const std::string& name,
                            bool (*fromName)(const std::string&, Value&), const char* words) {
    std::string word = call.exchange.parameter(name);
    if (word.empty())
        return std::nullopt;
    Value value{};
    if (!fromName(word, value))
        throw HttpError(400, "\"" + name + "\" must be " + words + ".", "Correct the query.");
    return value;
}

aspm_severity severityIn(const Body& body, aspm_severity otherwise) {
    if (body.has("severity") && !severityFromName(body.text("severity"), otherwise))
        body.refuse("severity", std::string("must be ") + severityWords);
    return otherwise;
}

std::string dueDateIn(const Body& body, const std::string& otherwise) {
    std::string date = body.text("dueDate", otherwise);
    static const Poco::RegularExpression form("\\d{4}-\\d{2}-\\d{2}");
    Poco::DateTime parsed;
    int zone = 0;
    bool isDate =
        date.empty() || (form.match(date) && Poco::DateTimeParser::tryParse("%Y-%m-%d", date, parsed, zone));
    if (!isDate)
        body.refuse("dueDate", "must be a date such as 2026-01-31, or empty for none");
    return date;
}

Finding findingIn(const Body& body) {
    Finding f;
    f.title = body.text("title");
    f.severity = severityIn(body, ASPM_SEVERITY_MEDIUM);
    f.description = body.text("description", "");
    f.ruleId = body.text("ruleId", "");
    f.ruleName = body.text("ruleName", "");
    f.ruleHelp = body.text("ruleHelp", "");
    f.ruleHelpUrl = body.text("ruleHelpUrl", "");
    f.scanner = body.text("scanner", "");
    f.cwe = body.text("cwe", "");
    f.filePath = body.text("filePath", "");
    f.line = body.number("line", 0, mostLine);
    f.snippet = body.text("snippet", "");
    f.labels = body.texts("labels");
    f.dueDate = dueDateIn(body, "");
    return f;
}

/// Who makes a change: a member by name, or whoever the script says it is.
ChangeNote noteIn(ControlCall& call, const Body& body) {
    ChangeNote note;
    note.actor = body.text("actor", "control-api");
    if (auto member = call.host.directory().member(call.organisation(), note.actor))
        note.actorName = member->name;
    note.reason = body.text("reason", "");
    return note;
}

FindingWithPush found(ControlCall& call) {
    auto found = call.host.findings().find(call.organisation(), call.names[1]);
    if (!found)
        throw HttpError(
            404, "There is no finding " + call.names[1] + " in the organisation " + call.organisation() + ".",
            "List the findings there are.");
    return *found;
}

Reply change(ControlCall& call, const ChangeNote& note, const std::function<void(Finding&)>& edit) {
    call.host.findings().change(call.organisation(), call.names[1], note, edit);
    return {200, findingToJson(found(call))};
}

Reply list(ControlCall& call) {
    FindingFilter filter;
    std::string key = call.exchange.parameter("project");
    if (!key.empty())
        filter.project = call.project(key).id;
    filter.status = wordIn(call, "status", findingStatusFromName, statusWords);
    filter.severity = wordIn(call, "severity", severityFromName, severityWords);
    filter.state = wordIn(call, "state", pushStateFromName, stateWords);
    filter.after = call.exchange.parameter("after");
    std::size_t limit = call.limit(mostListed, mostListed);
    filter.limit = limit + 1; // one more tells whether there is a next page
    auto page = call.host.findings().page(call.organisation(), filter);
    Poco::Dynamic::Var next;
    if (page.size() > limit) {
        page.pop_back();
        next = page.back().finding.id;
    }
    return {200, jsonObject({{"findings", jsonArray(page, findingToJson)}, {"next", next}})};
}

Reply add(ControlCall& call) {
    Body body(call.exchange.body(mostBodyBytes), {"project", "findings"});
    Project project = call.project(body.text("project"));
    std::vector<Finding> findings;
    for (const Body& one : body.objects("findings", {"title", "severity", "description", "ruleId", "ruleName",
                                                     "ruleHelp", "ruleHelpUrl", "scanner", "cwe", "filePath",
                                                     "line", "snippet", "labels", "dueDate"}))
        findings.push_back(findingIn(one));
    return {201, jsonObject({{"ids", jsonArray(call.host.findings().create(project, findings))}})};
}

Reply show(ControlCall& call) {
    return {200, findingToJson(found(call))};
}

Reply edit(ControlCall& call) {
    Body body(call.exchange.body(),
              {"severity", "title", "description", "labels", "dueDate", "actor", "reason"});
    return change(call, noteIn(call, body), [&](Finding& f) {
        f.severity = severityIn(body, f.severity);
        if (body.has("title"))
            f.title = body.text("title");
        f.description = body.text("description", f.description);
        if (body.has("labels"))
            f.labels = body.texts("labels");
        f.dueDate = dueDateIn(body, f.dueDate);
    });
}

Reply setStatus(ControlCall& call) {
    Body body(call.exchange.body(), {"status", "actor", "reason"});
    aspm_finding_status status = ASPM_FINDING_OPEN;
    if (!findingStatusFromName(body.text("status"), status))
        body.refuse("status", std::string("must be ") + statusWords);
    return change(call, noteIn(call, body), [&](Finding& f) { f.status = status; });
}

Reply remove(ControlCall& call) {
    call.host.findings().remove(call.organisation(), call.names[1], noteIn(call, Body("", {})));
    return {204, {}};
}

Reply timeline(ControlCall& call) {
    std::string id = found(call).finding.id;
    return {200, jsonObject({{"timeline", jsonArray(call.host.findings().timeline(call.organisation(), id),
                                                    timelineToJson)}})};
}

} // namespace

std::vector<Route> findingRoutes() {
    return {{"GET", "organisations/{}/findings", list},
            {"POST", "organisations/{}/findings", add},
            {"GET", "organisations/{}/findings/{}", show},
            {"PATCH", "organisations/{}/findings/{}", edit},
            {"DELETE", "organisations/{}/findings/{}", remove},
            {"POST", "organisations/{}/findings/{}/status", setStatus},
            {"GET", "organisations/{}/findings/{}/timeline", timeline}};
}

} // namespace aspm::host
