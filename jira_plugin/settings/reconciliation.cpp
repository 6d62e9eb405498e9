#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "sync/health.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using sync::ReconciliationReport;

Array::Ptr rowsJson(const std::vector<sync::Drift>& rows) {
    Array::Ptr json = new Array;
    for (const auto& row : rows) {
        Object::Ptr each = new Object;
        each->set("finding", row.finding);
        each->set("issueKey", row.issueKey);
        each->set("what", row.what);
        each->set("inJira", row.inJira);
        each->set("here", row.here);
        each->set("done", row.done);
        json->add(each);
    }
    return json;
}

Array::Ptr orphansJson(const std::vector<ReconciliationReport::Orphan>& orphans) {
    Array::Ptr json = new Array;
    for (const auto& orphan : orphans) {
        Object::Ptr each = new Object;
        each->set("issueKey", orphan.issueKey);
        each->set("url", orphan.url);
        each->set("summary", orphan.summary);
        json->add(each);
    }
    return json;
}

Array::Ptr doublesJson(const std::vector<ReconciliationReport::Double>& doubles) {
    Array::Ptr json = new Array;
    for (const auto& second : doubles) {
        Object::Ptr each = new Object;
        each->set("finding", second.finding);
        each->set("issueKey", second.issueKey);
        each->set("otherKey", second.otherKey);
        each->set("otherUrl", second.otherUrl);
        json->add(each);
    }
    return json;
}

Object::Ptr countsJson(const ReconciliationReport& report) {
    Object::Ptr json = new Object;
    json->set("checked", report.checked);
    json->set("changed", report.changed);
    json->set("gone", report.gone);
    json->set("drifted", report.drifted);
    json->set("orphans", report.orphanCount);
    json->set("doubles", report.doubleCount);
    json->set("requests", report.requests);
    return json;
}

Object::Ptr reportJson(const Context& context, const ReconciliationReport& report) {
    Object::Ptr json = new Object;
    json->set("state", std::string(sync::toString(report.state)));
    json->set("reason", report.reason);
    json->set("by", nullIfEmpty(report.by));
    json->set("byName", context.memberName(report.by));
    json->set("problem", nullIfEmpty(report.problem));
    json->set("remedy", nullIfEmpty(report.remedy));
    json->set("progress", nullIfEmpty(report.progress));
    json->set("startedAt", timeJson(report.startedAtMs));
    json->set("finishedAt", timeJson(report.finishedAtMs));
    json->set("since", timeJson(report.sinceMs));
    json->set("counts", countsJson(report));
    json->set("rows", rowsJson(report.rows));
    json->set("orphans", orphansJson(report.orphans));
    json->set("doubles", doublesJson(report.doubles));
    return json;
}

Object::Ptr currentJson(const Context& context) {
    const auto report = context.parts.health.report(context.organisation());
    Object::Ptr json = new Object;
    json->set("report", report ? Var(reportJson(context, *report)) : Var());
    return json;
}

} // namespace

Response showReconciliation(Context& context) {
    return jsonResponse(200, currentJson(context));
}

/// One that is under way already is as good as a new one.
Response startReconciliation(Context& context) {
    mapping::JsonReader(context.body()).finish();
    const bool isNew = context.parts.health.reconcile(context.organisation(), context.who.user);
    Object::Ptr json = currentJson(context);
    json->set("started", isNew);
    return jsonResponse(202, json);
}

} // namespace jira_plugin::settings
