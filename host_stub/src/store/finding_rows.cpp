#include "finding_rows.hpp"

#include <sstream>
#include <utility>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSONString.h>

#include <aspm/contrib/finding_status.h>
#include <aspm_host/problem.hpp>

namespace aspm::host {

const char* const findingSelect =
    "SELECT f.organisation, f.id, f.project, p.project_key, f.severity, f.status, f.revision, "
    "f.first_seen_ms, "
    "f.last_seen_ms, f.line, f.scanner, f.rule_id, f.title, f.file_path, f.cwe, f.due_date, f.labels, "
    "f.description, f.snippet, r.name, r.help, r.help_url, s.plugin, s.state, s.since_ms, s.message, "
    "s.remedy, "
    "s.ticket FROM findings f JOIN projects p ON p.organisation = f.organisation AND p.id = f.project "
    "JOIN rules r ON r.ref = f.rule_ref LEFT JOIN pushes s ON s.organisation = f.organisation AND s.finding "
    "= f.id ";

FindingWithPush findingRow(const Rows& rows) {
    FindingWithPush out;
    Finding& f = out.finding;
    f.organisation = rows.text(0);
    f.id = rows.text(1);
    f.project = rows.text(2);
    f.projectKey = rows.text(3);
    f.severity = static_cast<aspm_severity>(rows.integer(4));
    f.status = static_cast<aspm_finding_status>(rows.integer(5));
    f.revision = rows.integer(6);
    f.firstSeenMs = rows.integer(7);
    out.lastSeenMs = rows.integer(8);
    f.line = rows.integer(9);
    f.scanner = rows.text(10);
    f.ruleId = rows.text(11);
    f.title = rows.text(12);
    f.filePath = rows.text(13);
    f.cwe = rows.text(14);
    f.dueDate = rows.text(15);
    f.labels = labelsFromText(rows.text(16));
    f.description = rows.text(17);
    f.snippet = rows.text(18);
    f.ruleName = rows.text(19);
    f.ruleHelp = rows.text(20);
    f.ruleHelpUrl = rows.text(21);
    out.push.plugin = rows.text(22);
    out.push.state = static_cast<aspm_push_state>(rows.integer(23));
    out.push.sinceMs = rows.integer(24);
    out.push.message = rows.text(25);
    out.push.remedy = rows.text(26);
    out.push.ticket = ticketFromText(rows.text(27));
    return out;
}

namespace {

std::string stringify(const Poco::Dynamic::Var& json) {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(json, out);
    return out.str();
}

Poco::JSON::Array::Ptr arrayOf(const std::vector<std::string>& texts) {
    Poco::JSON::Array::Ptr array = new Poco::JSON::Array;
    for (const std::string& text : texts)
        array->add(text);
    return array;
}

std::vector<std::string> textsOf(const Poco::JSON::Array::Ptr& array) {
    std::vector<std::string> out;
    for (std::size_t i = 0; array && i < array->size(); ++i)
        out.push_back(array->getElement<std::string>(static_cast<unsigned>(i)));
    return out;
}

} // namespace

std::string ticketToText(const TicketRef& t) {
    // As text and not as a tree: a push writes thousands.
    std::string text = "{";
    for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"system", t.system},
                                      {"id", t.id},
                                      {"key", t.key},
                                      {"url", t.url},
                                      {"status", t.status},
                                      {"priority", t.priority},
                                      {"assignee", t.assignee},
                                      {"dueDate", t.dueDate}})
        text.append("\"").append(name).append("\":").append(Poco::toJSON(value)).append(",");
    return text + "\"labels\":" + stringify(arrayOf(t.labels)) + "}";
}

std::optional<TicketRef> ticketFromText(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    auto json = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    TicketRef t;
    t.system = json->optValue<std::string>("system", "");
    t.id = json->optValue<std::string>("id", "");
    t.key = json->optValue<std::string>("key", "");
    t.url = json->optValue<std::string>("url", "");
    t.status = json->optValue<std::string>("status", "");
    t.priority = json->optValue<std::string>("priority", "");
    t.assignee = json->optValue<std::string>("assignee", "");
    t.dueDate = json->optValue<std::string>("dueDate", "");
    t.labels = textsOf(json->getArray("labels"));
    return t;
}

std::string labelsToText(const std::vector<std::string>& labels) {
    return labels.empty() ? std::string() : stringify(arrayOf(labels));
}

std::vector<std::string> labelsFromText(const std::string& text) {
    if (text.empty())
        return {};
    return textsOf(Poco::JSON::Parser().parse(text).extract<Poco::JSON::Array::Ptr>());
}

std::optional<FindingWithPush> selectFinding(Connection& c, const std::string& organisation,
                                             const std::string& id) {
    Rows rows =
        c.select(std::string(findingSelect) + "WHERE f.organisation = $1 AND f.id = $2 AND f.deleted = 0",
                 organisation, id);
    return rows.next() ? std::optional<FindingWithPush>(findingRow(rows)) : std::nullopt;
}

ServiceError noSuchFinding(const std::string& organisation, const std::string& id) {
    return {ASPM_NOT_FOUND, "There is no finding " + id + " in the organisation " + organisation + "."};
}

FindingWithPush requireFinding(Connection& c, const std::string& organisation, const std::string& id) {
    auto found = selectFinding(c, organisation, id);
    if (!found)
        throw noSuchFinding(organisation, id);
    return *found;
}

namespace {

std::uint32_t changesBetween(const Finding& before, const Finding& after) {
    std::uint32_t changes = 0;
    changes |= before.status != after.status ? ASPM_CHANGED_STATUS : 0;
    changes |= before.severity != after.severity ? ASPM_CHANGED_SEVERITY : 0;
    changes |= before.dueDate != after.dueDate ? ASPM_CHANGED_DUE_DATE : 0;
    bool sameText = before.title == after.title && before.description == after.description &&
                    before.labels == after.labels && before.filePath == after.filePath &&
                    before.line == after.line && before.snippet == after.snippet;
    changes |= sameText ? 0 : ASPM_CHANGED_TEXT;
    return changes;
}

std::string describe(const Finding& before, const Finding& after, std::uint32_t changes,
                     const std::string& reason) {
    std::string text;
    auto add = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
    if ((changes & ASPM_CHANGED_STATUS) != 0)
        add(std::string("Status changed from ") + findingStatusName(before.status) + " to " +
            findingStatusName(after.status) + ".");
    if ((changes & ASPM_CHANGED_SEVERITY) != 0)
        add(std::string("Severity changed from ") + severityName(before.severity) + " to " +
            severityName(after.severity) + ".");
    if ((changes & ASPM_CHANGED_DUE_DATE) != 0)
        add(after.dueDate.empty() ? "Due date removed." : "Due date set to " + after.dueDate + ".");
    if (!text.empty() && !reason.empty())
        add(reason);
    return text;
}

} // namespace

std::uint32_t writeChange(Connection& c, const Finding& before, Finding after, const ChangeNote& note) {
    std::uint32_t changes = changesBetween(before, after);
    if (changes == 0)
        return 0;
    after.revision = before.revision + 1;
    c.run("UPDATE findings SET severity = $1, status = $2, revision = $3, due_date = $4, title = $5, "
          "description = $6, labels = $7, file_path = $8, line = $9, snippet = $10 WHERE organisation = $11 "
          "AND "
          "id = $12",
          std::int64_t{after.severity}, std::int64_t{after.status}, after.revision, after.dueDate,
          after.title, after.description, labelsToText(after.labels), after.filePath, after.line,
          after.snippet, after.organisation, after.id);
    c.run(
        "INSERT INTO events (organisation, finding, changes, old_status, old_severity, old_due_date, status, "
        "severity, due_date, revision, actor, actor_name, reason, at_ms) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        after.organisation, after.id, std::int64_t{changes}, std::int64_t{before.status},
        std::int64_t{before.severity}, before.dueDate, std::int64_t{after.status},
        std::int64_t{after.severity}, after.dueDate, after.revision, note.actor, note.actorName, note.reason,
        note.atMs);
    std::string text = describe(before, after, changes, note.reason);
    if (!text.empty())
        addHostTimeline(c, after.organisation, after.id, ASPM_TIMELINE_NOTE,
                        note.actorName.empty() ? note.actor : note.actorName, text, note.atMs);
    return changes;
}

void addHostTimeline(Connection& c, const std::string& organisation, const std::string& finding,
                     aspm_timeline_kind kind, const std::string& author, const std::string& text,
                     std::int64_t atMs, const std::string& url) {
    c.run("INSERT INTO timeline (organisation, finding, plugin, entry_key, kind, author, text, remedy, url, "
          "at_ms) "
          "VALUES ($1, $2, '', '', $3, $4, $5, '', $6, $7)",
          organisation, finding, std::int64_t{kind}, author, text, url, atMs);
}

} // namespace aspm::host
