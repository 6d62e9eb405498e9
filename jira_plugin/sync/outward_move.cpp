#include "outward_visit.hpp"

#include "jira/errors.hpp"

/// The part of a visit that moves the ticket through its workflow.
namespace jira_plugin::sync {
namespace {

const char* const whereToSet = "Settings > Integrations > Jira > Sync";

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "'" : ", '") + name + "'";
    return text;
}

} // namespace

void OutwardVisit::move(const Task& task) {
    const auto kind = kindFromString(task.kind);
    if (kind != Arisen::Kind::Status && kind != Arisen::Kind::Deleted)
        return;
    const auto finding = current(task);
    if (!finding || isStale(task, *finding))
        return;
    const Occasion occasion = occasionFromString(task.occasion);
    const SyncSettings settings = _parts.settings.of(_organisation, finding->project);
    Move& move = _moves[task.id];
    const std::size_t othersOpen = countOthers(task, move);
    if (settings.reaction(occasion) != Reaction::TransitionAndComment || closes(occasion) == _now.isDone())
        return;
    if (closes(occasion) && othersOpen > 0)
        move.othersOpen = othersOpen;
    else
        walk(task, occasion, closes(occasion) ? settings.closed : settings.reopened, move);
}

/// Findings that share the ticket and still need it open.
std::size_t OutwardVisit::countOthers(const Task& task, Move& move) {
    std::size_t open = 0;
    for (const auto& link : _parts.push.links.findByIssue(_organisation, _issue.system, _issue.id)) {
        if (link.finding == task.finding)
            continue;
        move.isShared = true;
        const auto other = _parts.push.host.findings.get(_organisation, link.finding);
        if (other && !isSettled(other->status))
            ++open;
    }
    return open;
}

void OutwardVisit::walk(const Task& task, Occasion occasion, const Target& target, Move& move) {
    const jira::WorkflowStatus start = _now.status;
    Goal goal{target.statusId, target.statusName, closes(occasion),
              occasion == Occasion::Accepted || occasion == Occasion::FalsePositive};
    Walk walk(goal, _parts.workflows.recall(workflowKey()));
    for (;;) {
        const auto offered = _side->workflow.transitions(_issue.id);
        const std::set<std::string> set = alreadySet(offered, target);
        const Walk::Step step = walk.next(_now.status, offered, [&](const jira::Transition& transition) {
            return fillScreen(transition.fields, transition.to.category == "done",
                              {target.fields, occasion, set});
        });
        _parts.workflows.keep(workflowKey(), walk.graph());
        if (step.kind == Walk::Step::Kind::Arrived) {
            move.moved = _now.status.id != start.id;
            return move.forgetRefusal();
        }
        if (step.kind == Walk::Step::Kind::Move) {
            takeStep(task, walk, step, move);
            continue;
        }
        const std::string from = "The ticket was not moved from '" + start.name + "' to " + goal.describe();
        if (!step.missing.empty()) {
            move.unmoved = from + ": Jira asks for " + listed(step.missing) + " in the step '" + step.barred +
                           "', and no value was chosen.";
            move.remedy =
                std::string("Choose a value under ") + whereToSet +
                ", or ask your Jira admin to make the field optional. Move the ticket by hand until then.";
        } else if (!move.refusedStep.empty()) {
            move.unmoved = from + ": Jira refused the step '" + move.refusedStep + "'.";
        } else {
            move.unmoved = from + ": its workflow offers no way there to the account that is connected.";
            move.remedy = std::string("Choose another status under ") + whereToSet +
                          ", or ask your Jira admin whether the account may move tickets. Move the ticket by "
                          "hand until then.";
        }
        if (_now.status.id != start.id)
            goBack(task, start, walk);
        return;
    }
}

/// A refused step is not the end: there may be another way.
void OutwardVisit::takeStep(const Task& task, Walk& walk, const Walk::Step& step, Move& move) {
    try {
        _now = _writer->transition(task, _now, step.transition, step.fields);
    } catch (const jira::Refusal& refusal) {
        walk.refuse(_now.status.id, step.transition.id);
        move.refusedStep = step.transition.name;
        move.remedy = std::string(refusal.what()) + " " + refusal.remedy();
    }
}

/// Half-way is nobody's wish: back over ways that are known, as far as they lead.
void OutwardVisit::goBack(const Task& task, const jira::WorkflowStatus& start, const Walk& walked) {
    const std::map<std::string, std::string> nothingChosen;
    Walk back({start.id, start.name, start.category == "done", false}, walked.graph(), false);
    for (;;) {
        const auto offered = _side->workflow.transitions(_issue.id);
        const Walk::Step step = back.next(_now.status, offered, [&](const jira::Transition& transition) {
            return fillScreen(transition.fields, false, {nothingChosen, Occasion::Reopened, {}});
        });
        if (step.kind != Walk::Step::Kind::Move)
            return;
        Move ignored;
        takeStep(task, back, step, ignored);
    }
}

/// Of the required fields that nothing fills, those that the ticket has a value in: Jira takes it as given.
std::set<std::string> OutwardVisit::alreadySet(const std::vector<jira::Transition>& offered,
                                               const Target& target) {
    std::set<std::string> asked;
    for (const jira::Transition& each : offered)
        for (const auto& [id, field] : each.fields)
            if (field.required && !field.hasDefaultValue && id != "resolution" &&
                target.fields.count(id) == 0)
                asked.insert(id);
    std::set<std::string> set;
    if (asked.empty())
        return set;
    const auto stored = _client->storedIssue(_issue.id, {asked.begin(), asked.end()});
    if (!stored)
        return set;
    for (const auto& [id, value] : stored->fields)
        if (asked.count(id) != 0 && !value.empty() && value != "null" && value != "[]" && value != "\"\"")
            set.insert(id);
    return set;
}

/// Projects have workflows of their own, by issue type.
std::string OutwardVisit::workflowKey() const {
    return _issue.organisation + "\n" + _issue.system + "\n" + _now.projectId + "\n" + _now.issueTypeId;
}

} // namespace jira_plugin::sync
