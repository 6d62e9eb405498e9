#include "reconciliation_json.hpp"

#include "mapping/json_reader.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace jira_plugin::sync {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

// Each member by its name, once for both directions.
template <class Report, class Text, class Number> void members(Report& report, Text&& text, Number&& number) {
    text("reason", report.reason);
    text("by", report.by);
    text("problem", report.problem);
    text("remedy", report.remedy);
    text("progress", report.progress);
    number("startedAtMs", report.startedAtMs);
    number("finishedAtMs", report.finishedAtMs);
    number("sinceMs", report.sinceMs);
    number("checked", report.checked);
    number("changed", report.changed);
    number("gone", report.gone);
    number("drifted", report.drifted);
    number("orphanCount", report.orphanCount);
    number("doubleCount", report.doubleCount);
    number("requests", report.requests);
}

template <class Each, class Text> void columns(Each&& row, Text&& text, const Drift*) {
    text("finding", row.finding);
    text("issueKey", row.issueKey);
    text("what", row.what);
    text("inJira", row.inJira);
    text("here", row.here);
    text("done", row.done);
}

template <class Each, class Text> void columns(Each&& row, Text&& text, const ReconciliationReport::Orphan*) {
    text("issueKey", row.issueKey);
    text("url", row.url);
    text("summary", row.summary);
}

template <class Each, class Text> void columns(Each&& row, Text&& text, const ReconciliationReport::Double*) {
    text("finding", row.finding);
    text("issueKey", row.issueKey);
    text("otherKey", row.otherKey);
    text("otherUrl", row.otherUrl);
}

template <class Row> Array::Ptr list(const std::vector<Row>& rows) {
    Array::Ptr array = new Array;
    for (const Row& row : rows) {
        Object::Ptr json = new Object;
        columns(
            row, [&](const char* name, const std::string& value) { json->set(name, value); },
            static_cast<const Row*>(nullptr));
        array->add(json);
    }
    return array;
}

template <class Row> std::vector<Row> rows(const Array::Ptr& array) {
    std::vector<Row> all;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const Object::Ptr json = array->getObject(static_cast<unsigned>(i));
        Row row;
        if (json)
            columns(
                row,
                [&](const char* name, std::string& value) { value = json->optValue<std::string>(name, ""); },
                static_cast<const Row*>(nullptr));
        all.push_back(std::move(row));
    }
    return all;
}

} // namespace

std::string reportToJson(const ReconciliationReport& report) {
    Object::Ptr json = new Object;
    json->set("state", std::string(toString(report.state)));
    members(
        report, [&](const char* name, const std::string& value) { json->set(name, value); },
        [&](const char* name, std::int64_t value) { json->set(name, value); });
    json->set("rows", list(report.rows));
    json->set("orphans", list(report.orphans));
    json->set("doubles", list(report.doubles));
    return mapping::jsonText(json);
}

ReconciliationReport reportFromJson(const std::string& text) {
    const auto json = Poco::JSON::Parser().parse(text).extract<Object::Ptr>();
    ReconciliationReport report;
    const auto state = json->optValue<std::string>("state", "failed");
    report.state = state == "running" ? ReconciliationReport::State::Running
                   : state == "done"  ? ReconciliationReport::State::Done
                                      : ReconciliationReport::State::Failed;
    members(
        report, [&](const char* name, std::string& value) { value = json->optValue<std::string>(name, ""); },
        [&](const char* name, std::int64_t& value) { value = json->optValue<Poco::Int64>(name, 0); });
    report.rows = rows<Drift>(json->getArray("rows"));
    report.orphans = rows<ReconciliationReport::Orphan>(json->getArray("orphans"));
    report.doubles = rows<ReconciliationReport::Double>(json->getArray("doubles"));
    return report;
}

} // namespace jira_plugin::sync
