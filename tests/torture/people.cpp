#include "people.hpp"

#include <algorithm>

namespace torture {

using namespace test_support;

namespace {

/// Among so many tickets, people delete few.
constexpr std::size_t mostDeleted = 2;

std::string issuePath(const Json& issue, const std::string& what = "") {
    return "/_sim/issues/" + issue["key"].text() + (what.empty() ? "" : "/" + what);
}

std::string findingPath(const std::string& id, const std::string& what = "") {
    return "/organisations/" + organisation + "/findings/" + id + (what.empty() ? "" : "/" + what);
}

} // namespace

std::vector<Json> allFindings(const StubHost& host) {
    return host.control("GET", "/organisations/" + organisation + "/findings?limit=1000")["findings"].items();
}

/// By the number at the end of its title, which is that of its ticket's summary, too.
bool People::isJiras(const std::string& title) {
    return (title.back() - '0') % 2 == 0;
}

void People::import(int count) {
    std::vector<NewFinding> all;
    for (int i = 0; i < count; ++i) {
        NewFinding finding;
        finding.title = "Finding " + std::to_string(++_imported);
        finding.line = _imported;
        finding.severity = _dice.pick(std::vector<std::string>{"low", "medium", "high", "critical"});
        all.push_back(finding);
    }
    const auto& project = _dice.pick(_world.projects()).project;
    _diary.note(std::to_string(count) + " findings for " + project);
    _world.host.addFindings(project, all);
}

void People::pushAll() {
    for (const Mapped& each : _world.projects())
        _world.host.ask("POST", "/organisations/" + organisation + "/push",
                        R"({"user":"alice","all":true,"project":)" + quoted(each.project) + "}");
}

void People::actInJira(int count) {
    const auto issues = _world.jira.issues();
    for (int i = 0; i < count && !issues.empty(); ++i) {
        const Json& issue = _dice.pick(issues);
        if (_deleted.count(issue["id"].text()) == 0)
            changeTicket(issue);
    }
}

void People::changeTicket(const Json& issue) {
    switch (_dice.between(0, 9)) {
    case 0:
        return remove(issue);
    case 1:
        return editComment(issue);
    case 2:
    case 3:
    case 4:
        return comment(issue);
    default:
        return move(issue);
    }
}

void People::move(const Json& issue) {
    if (!isJiras(issue["summary"].text()))
        return;
    const std::string to =
        _world.jira.issue(issue["key"].text())["statusCategory"].text() == "done" ? "To Do" : "Done";
    _world.jira.control("POST", issuePath(issue, "transition"), R"({"to":)" + quoted(to) + "}");
    _diary.note(issue["key"].text() + " is moved to " + to + " in Jira");
}

void People::comment(const Json& issue) {
    const std::string text = "Remark no. " + std::to_string(++_remarks) + ".";
    const auto made =
        _world.jira.control("POST", issuePath(issue, "comment"), R"({"text":)" + quoted(text) + "}");
    _said.push_back({issue["id"].text(), made["id"].text(), text});
    _diary.note(text + " on " + issue["key"].text());
}

void People::editComment(const Json& issue) {
    const auto said = std::find_if(_said.begin(), _said.end(),
                                   [&](const Said& each) { return each.ticketId == issue["id"].text(); });
    if (said == _said.end())
        return;
    const std::string path = issuePath(issue, "comments/" + said->commentId);
    if (_dice.chance(0.4)) {
        _world.jira.control("DELETE", path);
        _diary.note(said->text + " on " + issue["key"].text() + " is taken back");
        _said.erase(said);
        return;
    }
    said->text = "Remark no. " + std::to_string(++_remarks) + ".";
    _world.jira.control("POST", path, R"({"text":)" + test_support::quoted(said->text) + "}");
    _diary.note("edited on " + issue["key"].text() + ": " + said->text);
}

void People::remove(const Json& issue) {
    if (_deleted.size() >= mostDeleted)
        return;
    _world.jira.control("DELETE", issuePath(issue));
    _deleted.insert(issue["id"].text());
    _diary.note(issue["key"].text() + " is deleted in Jira");
}

std::vector<People::Known> People::findings() const {
    std::vector<Known> all;
    for (const Json& finding : allFindings(_world.host))
        all.push_back({finding["id"].text(), finding["title"].text()});
    return all;
}

void People::actHere(int count) {
    const auto all = findings();
    for (int i = 0; i < count && !all.empty(); ++i)
        decide(_dice.pick(all));
}

void People::decide(const Known& finding) {
    const std::string reason = "decision no. " + std::to_string(++_decisions) + ".";
    _reasons.insert(reason);
    const std::string why = R"(,"actor":"alice","reason":)" + quoted(reason) + "}";
    if (isJiras(finding.title)) {
        const auto severity = _dice.pick(std::vector<std::string>{"low", "medium", "high", "critical"});
        _diary.note(finding.title + " becomes " + severity + ", " + reason);
        _world.host.control("PATCH", findingPath(finding.id), R"({"severity":)" + quoted(severity) + why);
        return;
    }
    const auto status = _dice.pick(std::vector<std::string>{"open", "resolved", "accepted"});
    _diary.note(finding.title + " becomes " + status + ", " + reason);
    _world.host.control("POST", findingPath(finding.id, "status"), R"({"status":)" + quoted(status) + why);
}

void People::testify(Evidence& evidence) const {
    evidence.said = _said;
    evidence.deletedTickets = _deleted;
    evidence.decisions = _reasons;
}

} // namespace torture
