#include "own_writes.hpp"

#include "field_plan.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "push/backoff.hpp"
#include "store/errors.hpp"
#include "store/random.hpp"

#include <algorithm>
#include <sstream>

namespace jira_plugin::sync {
namespace {

const char* const transitionKind = "transition";
const char* const editKind = "edit";
const char* const commentKind = "comment";

/// At most, ours and Jira's, with the time that a request may take.
constexpr std::int64_t clocksDifferByMs = 24LL * 60 * 60 * 1000;

const char* const addedLabels = "labels added";
const char* const removedLabels = "labels removed";

using Values = std::map<std::string, std::string>;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// What an edit makes of the ticket, and of its labels what it does to them: those that we set tell nothing
/// of what is taken off.
std::string encode(const store::SetFields& fields, const jira::IssueEdit& change) {
    Poco::JSON::Object::Ptr object = new Poco::JSON::Object;
    for (const auto& [name, field] : fields)
        object->set(name, field.value);
    if (fields.count(toString(OwnedField::Labels)) != 0) {
        object->set(addedLabels, joined(change.addLabels));
        object->set(removedLabels, joined(change.removeLabels));
    }
    return jira::json::write(object);
}

Values decode(const std::string& text) {
    Values values;
    if (const auto object = jira::json::parseObject(text))
        for (const std::string& name : object->getNames())
            values[name] = jira::json::text(object, name);
    return values;
}

/// Where a transition starts, and the category of the status that it leads to.
std::string encode(const jira::WorkflowStatus& from, const jira::WorkflowStatus& to) {
    return to.category + " " + from.id;
}

bool isFrom(const store::OwnWrite& write, const jira::WorkflowStatus& status) {
    return write.value.substr(write.value.find(' ') + 1) == status.id;
}

bool leadsTo(const store::OwnWrite& write, const jira::WorkflowStatus& status) {
    return write.kind == transitionKind && write.value.substr(0, write.value.find(' ')) == status.category;
}

bool hasEach(const jira::IssueState& now, const std::string& labels, bool isWanted) {
    std::istringstream words(labels);
    for (std::string label; words >> label;)
        if ((std::find(now.labels.begin(), now.labels.end(), label) != now.labels.end()) != isWanted)
            return false;
    return true;
}

bool holds(const jira::IssueState& now, const std::string& name, const std::string& value) {
    if (name == toString(OwnedField::Title))
        return now.summary == value;
    if (name == toString(OwnedField::Priority))
        return now.priority.id == value;
    if (name == toString(OwnedField::Assignee))
        return now.assignee.id == value;
    if (name == toString(OwnedField::DueDate))
        return now.dueDate == value;
    if (name == addedLabels)
        return hasEach(now, value, true);
    if (name == removedLabels)
        return hasEach(now, value, false);
    return true; // of the labels that we set, some may have been taken off by people
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

bool TicketWriter::settle(const jira::IssueState& now, std::int64_t& lookAgainAtMs, std::int64_t lookups) {
    std::vector<store::OwnWrite> ended;
    bool isOurDoing = false, anyInDoubt = false;
    for (store::OwnWrite& write : _parts.writes.open(_issue.organisation, _issue.system, _issue.id)) {
        const bool arrived = hasArrived(write, now);
        isOurDoing = isOurDoing || (arrived && leadsTo(write, now.status));
        const std::int64_t settleMs = _parts.push.settings.settleMs;
        if (arrived || _parts.nowMs() >= write.doubtSinceMs + settleMs) {
            ended.push_back(write);
            continue;
        }
        anyInDoubt = true;
        lookAgainAtMs = push::nextLookupMs(lookups + 1, write.doubtSinceMs, _parts.nowMs(), settleMs);
    }
    if (isOurDoing)
        _parts.inward.remember(_issue, now);
    for (const store::OwnWrite& write : ended)
        _parts.writes.end(write);
    return !anyInDoubt;
}

bool TicketWriter::hasArrived(store::OwnWrite& write, const jira::IssueState& now) {
    if (write.kind == transitionKind)
        return !isFrom(write, now.status);
    if (write.kind == editKind) {
        Values values = decode(write.value);
        const bool isThere = std::all_of(values.begin(), values.end(), [&](const auto& value) {
            return holds(now, value.first, value.second);
        });
        if (!isThere)
            return false;
        store::SetFields fields;
        for (const auto& [name, value] : values)
            if (name != addedLabels && name != removedLabels)
                fields[name] = {value, false};
        _parts.fields.put(_issue.organisation, _issue.system, _issue.id, fields);
        return true;
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

// Hosts that no longer hear of this one take its tasks over: it must not write to their tickets as well.
void TicketWriter::requirePresence(const store::OwnWrite& write) {
    if (_parts.push.database.isPresentFor(0))
        return;
    _parts.writes.end(write); // nothing was sent
    throw store::StoreError("This host has lost touch with the database that it shares.",
                            "Nothing to do: other hosts take over what it was about to write.");
}

void TicketWriter::send(store::OwnWrite& write, const std::function<void()>& request) {
    requirePresence(write);
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
    auto write = begin(task, transitionKind, encode(now.status, transition.to));
    send(write, [&] { _side.workflow.transition(_issue.id, transition.id, fields); });
    return end(write, now, transition.to.category);
}

jira::IssueState TicketWriter::edit(const store::OutwardTask& task, const jira::IssueState& now,
                                    const jira::IssueEdit& change, const store::SetFields& after) {
    auto write = begin(task, editKind, encode(after, change));
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
