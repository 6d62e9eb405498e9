#include "own_writes.hpp"

#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "push/backoff.hpp"
#include "store/random.hpp"

#include <algorithm>
#include <sstream>

namespace jira_plugin::sync {
namespace {

const char* const transitionKind = "transition";
const char* const editKind = "edit";
const char* const commentKind = "comment";

/// At most, ours and Jira's, with the time that a request may take.
constexpr std::int64_t clocksDifferByMs = 24 * 60 * 60 * 1000LL;

std::string encode(const store::SetFields& fields) {
    Poco::JSON::Object::Ptr object = new Poco::JSON::Object;
    for (const auto& [name, field] : fields)
        object->set(name, field.value);
    return jira::json::write(object);
}

store::SetFields decode(const std::string& text) {
    store::SetFields fields;
    if (const auto object = jira::json::parseObject(text))
        for (const std::string& name : object->getNames())
            fields[name] = {jira::json::text(object, name), false};
    return fields;
}

bool holds(const jira::IssueState& now, const std::string& name, const std::string& value) {
    if (name == "title")
        return now.summary == value;
    if (name == "priority")
        return now.priority.id == value;
    if (name == "assignee")
        return now.assignee.id == value;
    if (name == "due_date")
        return now.dueDate == value;
    std::istringstream words(value);
    for (std::string label; words >> label;)
        if (std::find(now.labels.begin(), now.labels.end(), label) == now.labels.end())
            return false;
    return true;
}

} // namespace

bool RecordedWrites::isWriting(const IssueId& issue) {
    return _store.isOpen(issue.organisation, issue.system, issue.id);
}

bool RecordedWrites::isOurComment(const IssueId& issue, const std::string& commentId) {
    return _store.isComment(issue.organisation, issue.system, issue.id, commentId);
}

TicketWriter::TicketWriter(OutwardParts& parts, TicketSide side, IssueId issue, std::string lease)
    : _parts(parts), _side(side), _issue(std::move(issue)), _lease(std::move(lease)) {}

std::optional<jira::IssueState> TicketWriter::read() {
    auto fetched = _side.states.fetch({_issue.id});
    if (fetched.issues.empty())
        return std::nullopt;
    return std::move(fetched.issues.front());
}

TicketWriter::Settled TicketWriter::settle(const jira::IssueState& now, std::int64_t& lookAgainAtMs,
                                           std::int64_t lookups) {
    std::vector<store::OwnWrite> ended;
    bool anyArrived = false, anyInDoubt = false;
    for (store::OwnWrite& write : _parts.writes.open(_issue.organisation, _issue.system, _issue.id)) {
        const bool arrived = hasArrived(write, now);
        anyArrived = anyArrived || arrived;
        const std::int64_t settleMs = _parts.push.settings.settleMs;
        if (arrived || _parts.nowMs() >= write.doubtSinceMs + settleMs) {
            ended.push_back(write);
            continue;
        }
        anyInDoubt = true;
        lookAgainAtMs = push::nextLookupMs(lookups + 1, write.doubtSinceMs, _parts.nowMs(), settleMs);
    }
    if (anyArrived)
        _parts.inward.remember(_issue, now);
    for (const store::OwnWrite& write : ended)
        _parts.writes.end(write);
    return anyInDoubt ? Settled::StillInDoubt : anyArrived ? Settled::Arrived : Settled::NothingOpen;
}

bool TicketWriter::hasArrived(store::OwnWrite& write, const jira::IssueState& now) {
    if (write.kind == transitionKind)
        return now.status.id != write.value;
    if (write.kind == editKind) {
        const store::SetFields fields = decode(write.value);
        const bool isThere = std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
            return holds(now, field.first, field.second.value);
        });
        if (isThere)
            _parts.fields.put(_issue.organisation, _issue.system, _issue.id, fields);
        return isThere;
    }
    if (!write.commentId.empty())
        return true;
    const auto comment = _side.comments.marked(_issue.id, write.id, write.doubtSinceMs - clocksDifferByMs);
    if (!comment)
        return false;
    write.commentId = comment->id;
    _parts.writes.arrived(write, comment->id);
    return true;
}

store::OwnWrite TicketWriter::begin(const store::OutwardTask& task, const char* kind,
                                    const std::string& value) {
    store::OwnWrite write;
    write.organisation = _issue.organisation;
    write.id = store::randomHex(12);
    write.system = _issue.system;
    write.issueId = _issue.id;
    write.finding = task.finding;
    write.task = task.id;
    write.generation = task.generation;
    write.kind = kind;
    write.value = value;
    write.doubtSinceMs = _parts.nowMs();
    if (!_parts.writes.begin(write, _lease))
        throw Superseded();
    return write;
}

void TicketWriter::send(store::OwnWrite& write, const std::function<void()>& request) {
    _parts.push.step("write ticket");
    try {
        request();
    } catch (const jira::UnknownOutcome&) {
        _parts.writes.doubt(write, _parts.nowMs());
        throw;
    } catch (const jira::Error&) { // Jira did nothing
        _parts.writes.end(write);
        throw;
    }
    _hasWritten = true;
    _parts.push.step("remember ticket");
}

/// category: of the status that the ticket must be in if nobody else moved it meanwhile.
jira::IssueState TicketWriter::end(const store::OwnWrite& write, const jira::IssueState& before,
                                   const std::string& category) {
    const auto now = read();
    if (now && now->status.category == category)
        _parts.inward.remember(_issue, *now);
    _parts.writes.end(write);
    if (now && now->status.category != category) {
        Hint hint;
        hint.atMs = now->updatedMs;
        _parts.inward.apply(_issue, *now, hint);
    }
    return now.value_or(before);
}

jira::IssueState TicketWriter::transition(const store::OutwardTask& task, const jira::IssueState& now,
                                          const jira::Transition& transition,
                                          const std::map<std::string, std::string>& fields) {
    auto write = begin(task, transitionKind, now.status.id);
    send(write, [&] { _side.workflow.transition(_issue.id, transition.id, fields); });
    return end(write, now, transition.to.category);
}

jira::IssueState TicketWriter::edit(const store::OutwardTask& task, const jira::IssueState& now,
                                    const jira::IssueEdit& change, const store::SetFields& after) {
    auto write = begin(task, editKind, encode(after));
    send(write, [&] { _side.editing.edit(_issue.id, change); });
    _parts.fields.put(_issue.organisation, _issue.system, _issue.id, after);
    return end(write, now, now.status.category);
}

jira::IssueState TicketWriter::comment(const store::OutwardTask& task, const jira::IssueState& now,
                                       const mapping::Document& text) {
    auto write = begin(task, commentKind, "");
    send(write, [&] {
        write.commentId = _side.comments.addComment(_issue.id, text, write.id).id;
        _parts.writes.arrived(write, write.commentId);
    });
    return end(write, now, now.status.category);
}

} // namespace jira_plugin::sync
