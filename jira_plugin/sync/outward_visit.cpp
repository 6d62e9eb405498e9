#include "outward_visit.hpp"

#include "jira/errors.hpp"
#include "push/backoff.hpp"
#include "push/outcome.hpp"
#include "push/snapshot.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t staleRetryMs = 1000;
constexpr std::int64_t staleTries = 5;
constexpr std::int64_t firstLookMs = 2000;
const char* const lookedUp = "Jira's answer was lost; the ticket is looked at before anything is sent again.";
const char* const nothingToDo = "Nothing needs to be done.";

} // namespace

OutwardVisit::OutwardVisit(OutwardParts& parts, std::string organisation)
    : _parts(parts), _organisation(std::move(organisation)), _lease(parts.push.leases.begin()) {}

OutwardVisit::~OutwardVisit() {
    try {
        _parts.tasks.release(_organisation, _lease);
    } catch (const std::exception& problem) {
        _parts.push.host.log.warning("A lease could not be given back; it is swept.",
                                     {{"reason", problem.what()}});
    }
    _parts.push.leases.end(_lease);
}

bool OutwardVisit::run() {
    if (_parts.push.gate.closed(_organisation))
        return false;
    const std::int64_t now = _parts.nowMs();
    _claimed = _parts.tasks.claim(_organisation, _lease, now, now + _parts.push.settings.leaseMs);
    if (_claimed.tasks.empty())
        return false;
    _open = _claimed.tasks;
    _parts.push.step("visit ticket");
    try {
        visit();
        _parts.push.gate.succeeded(_organisation);
    } catch (const Superseded&) {
        // Released as it is: it is due again with what has changed.
    } catch (const jira::UnknownOutcome& problem) {
        _parts.tasks.wait(working(), _parts.nowMs() + firstLookMs, problem.what(), lookedUp);
    } catch (const jira::Error& problem) {
        const push::Ruling ruling = push::ruleOnProblem(problem, false);
        if (ruling.next == push::Next::Park) { // a refusal to read
            parkAll("ticket/read", ruling.message, ruling.remedy);
            return true;
        }
        const std::int64_t until = _parts.push.gate.close(_organisation, ruling);
        _parts.tasks.wait(working(), until, ruling.message, ruling.remedy);
        return false;
    } catch (const store::StoreError&) {
        throw;
    } catch (const std::exception& problem) { // the host's, about this finding: other tickets do not wait
        const Task& task = working();
        const push::Ruling ruling = push::ruleOnHost(problem);
        const auto pauseMs = push::backoffMs(task.failures + 1, 0, _parts.push.settings.random());
        _parts.tasks.wait(task, _parts.nowMs() + pauseMs, ruling.message, ruling.remedy);
    }
    return true;
}

void OutwardVisit::visit() {
    _client = _parts.push.connections.client(_organisation);
    if (_claimed.system != _client->system())
        return parkAll(
            "ticket/other_jira", "The ticket is in another Jira than the one that is connected now.",
            "Look for the tickets under Settings > Integrations > Jira, or link the finding to its "
            "ticket in this Jira by hand.");
    _issue = {_organisation, _claimed.system, _claimed.issueId};
    _side.emplace(_parts.tickets(*_client));
    _writer.emplace(_parts, *_side, _issue, _lease);
    if (!prepare())
        return;
    each("move", [this](const Task& task) { move(task); });
    each("fields", [this](const Task& task) { fields(task); });
    each("tell", [this](const Task& task) { tell(task); });
}

/// Reads the ticket and learns what became of writes in doubt. False: the tasks are settled or must wait.
bool OutwardVisit::prepare() {
    const auto now = _writer->read();
    if (!now) {
        parkAll("ticket/gone",
                "The ticket was deleted in Jira, or is hidden from the account that is connected.",
                "Give the account access to it, or unlink the ticket and create it again.");
        return false;
    }
    _now = *now;
    std::int64_t againAtMs = 0;
    if (!_writer->settle(_now, againAtMs, _open.front().failures)) {
        _parts.tasks.wait(_open.front(), againAtMs, "Jira's answer to a change of the ticket was lost.",
                          lookedUp);
        return false;
    }
    // What people did there counts before what we do.
    Hint hint;
    hint.atMs = _now.updatedMs;
    _parts.inward.apply(_issue, _now, hint);
    return true;
}

/// A refusal parks its task alone; everything else ends the visit.
void OutwardVisit::each(const char* what, const std::function<void(const Task&)>& work) {
    const std::vector<Task> tasks = _open;
    for (const Task& task : tasks) {
        _working = task.id;
        _parts.push.step(what);
        try {
            work(task);
        } catch (const jira::Refusal& refusal) {
            _parts.tasks.park(task, "ticket/" + std::to_string(refusal.status()), refusal.what(),
                              refusal.remedy());
            settled(task);
        }
    }
}

void OutwardVisit::settled(const Task& task) {
    _open.erase(
        std::remove_if(_open.begin(), _open.end(), [&](const Task& other) { return other.id == task.id; }),
        _open.end());
}

/// The task that a failure is to be blamed on. There is always one: a visit without tasks asks nothing of
/// Jira.
const OutwardVisit::Task& OutwardVisit::working() const {
    const auto found =
        std::find_if(_open.begin(), _open.end(), [&](const Task& task) { return task.id == _working; });
    return found != _open.end() ? *found : _claimed.tasks.front();
}

void OutwardVisit::parkAll(const std::string& cause, const std::string& message, const std::string& remedy) {
    for (const Task& task : _open)
        _parts.tasks.park(task, cause, message, remedy);
    _open.clear();
}

/// The finding as it is now, or as it was last when it is gone.
std::optional<host::Finding> OutwardVisit::current(const Task& task) {
    if (task.kind == toString(Arisen::Kind::Deleted))
        return push::decodeSnapshot(task.snapshot);
    return _parts.push.host.findings.get(_organisation, task.finding);
}

/// The finding has changed again and the word of it is still on its way.
bool OutwardVisit::isStale(const Task& task, const host::Finding& finding) const {
    switch (kindFromString(task.kind)) {
    case Arisen::Kind::Status:
        return standing(finding.status) != task.newValue;
    case Arisen::Kind::Severity:
        return host::toString(finding.severity) != task.newValue;
    case Arisen::Kind::DueDate:
        return (finding.dueDate.empty() ? "none" : finding.dueDate) != task.newValue;
    default:
        return false;
    }
}

void OutwardVisit::tell(const Task& task) {
    if (task.kind == toString(Arisen::Kind::Fields))
        return;
    const auto finding = current(task);
    if (!finding)
        return _parts.tasks.finish(task); // its deletion is told apart
    if (isStale(task, *finding)) {
        if (task.failures < staleTries)
            _parts.tasks.wait(task, _parts.nowMs() + staleRetryMs, "The finding has changed again.",
                              nothingToDo);
        else
            _parts.tasks.finish(task); // it changed by what happened in Jira, of which nobody tells us
        return;
    }
    const Occasion occasion = occasionFromString(task.occasion);
    if (_parts.settings.of(_organisation, finding->project).reaction(occasion) != Reaction::Nothing &&
        !_parts.writes.hasCommented(task)) {
        const Move& move = _moves[task.id];
        Told told;
        told.occasion = occasion;
        told.who = task.who;
        told.why = task.why;
        told.oldValue = task.oldValue;
        told.newValue = task.newValue;
        told.unmoved = move.unmoved;
        told.othersOpen = move.othersOpen;
        told.isShared = move.isShared;
        _now = _writer->comment(task, _now, commentOn(*finding, told));
    }
    finish(task, *finding, occasion);
}

void OutwardVisit::finish(const Task& task, const host::Finding& finding, Occasion occasion) {
    const auto found = _moves.find(task.id);
    if (found != _moves.end() && occasion != Occasion::Deleted) {
        if (!found->second.unmoved.empty())
            note(finding.id, "jira.outward.status", _now.key + ": " + found->second.unmoved,
                 found->second.remedy);
        else if (found->second.moved)
            note(finding.id, "jira.outward.status",
                 _now.key + " was moved to '" + _now.status.name + "' in Jira.");
    }
    _parts.push.step("finish task");
    if (occasion == Occasion::Deleted) // with the link goes the task
        _parts.hands.unlink(_organisation, finding.id, _parts.nowMs());
    else
        _parts.tasks.finish(task);
}

void OutwardVisit::note(const std::string& finding, const std::string& key, const std::string& text,
                        const std::string& remedy) {
    host::TimelineEntry entry;
    entry.kind = remedy.empty() ? host::TimelineEntry::Kind::Note : host::TimelineEntry::Kind::Problem;
    entry.key = key;
    entry.text = text;
    entry.remedy = remedy;
    entry.url = _client->browseUrl(_now.key);
    try {
        _parts.push.host.findings.appendTimeline(_organisation, finding, entry);
    } catch (const std::exception& problem) {
        _parts.push.host.log.warning("The host took no line for a timeline.",
                                     {{"finding", finding}, {"reason", problem.what()}});
    }
}

} // namespace jira_plugin::sync
