#include "transition_planner.hpp"

#include "mapping/text.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

namespace jira_plugin::sync {
namespace {

constexpr int unreachable = std::numeric_limits<int>::max();

// Statuses of the category done that do not say "mended", by the names that workflows give them.
bool soundsSetAside(const std::string& name) {
    const std::string text = mapping::lowerAscii(name);
    for (const char* word : {"won't", "wont", "cancel", "declin", "reject", "duplicate", "abandon", "invalid",
                             "obsolete", "withdrawn", "false positive", "accepted risk", "risk accepted"})
        if (text.find(word) != std::string::npos)
            return true;
    return false;
}

} // namespace

bool Goal::isAt(const jira::WorkflowStatus& status) const {
    return statusId.empty() ? (status.category == "done") == done : status.id == statusId;
}

std::string Goal::describe() const {
    if (!statusId.empty())
        return "'" + (statusName.empty() ? statusId : statusName) + "'";
    return done ? "a status that counts as done" : "a status that counts as not done";
}

const std::vector<jira::WorkflowStatus>& WorkflowGraph::from(const std::string& status) const {
    static const std::vector<jira::WorkflowStatus> none;
    const auto found = _edges.find(status);
    return found == _edges.end() ? none : found->second;
}

WorkflowGraph WorkflowMemory::recall(const std::string& workflow) const {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto found = _graphs.find(workflow);
    return found == _graphs.end() ? WorkflowGraph() : found->second;
}

void WorkflowMemory::keep(const std::string& workflow, const WorkflowGraph& graph) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _graphs[workflow] = graph;
}

Walk::Walk(Goal goal, WorkflowGraph known, bool mayExplore)
    : _goal(std::move(goal)), _mayExplore(mayExplore), _graph(std::move(known)) {}

Walk::Step Walk::next(const jira::WorkflowStatus& here, const std::vector<jira::Transition>& offered,
                      const Fill& fill) {
    Step step;
    _visited.insert(here.id);
    const std::vector<Candidate> candidates = usable(here.id, offered, fill, step);
    std::vector<jira::WorkflowStatus> leads;
    leads.reserve(candidates.size());
    for (const Candidate& each : candidates)
        leads.push_back(each.transition->to);
    _graph.learn(here.id, leads);

    if (_goal.isAt(here)) {
        step.kind = Step::Kind::Arrived;
        return step;
    }
    const Candidate* chosen = _hops < mostHops ? choose(candidates, here.id) : nullptr;
    if (!chosen)
        return step;
    ++_hops;
    _taken.insert({here.id, chosen->transition->id});
    step.kind = Step::Kind::Move;
    step.transition = *chosen->transition;
    step.fields = chosen->fill.values;
    return step;
}

std::vector<Walk::Candidate> Walk::usable(const std::string& here,
                                          const std::vector<jira::Transition>& offered, const Fill& fill,
                                          Step& stuck) const {
    std::vector<Candidate> candidates;
    for (const jira::Transition& each : offered) {
        if (each.to.id == here || _taken.count({here, each.id}) != 0)
            continue;
        ScreenFill filled = fill(each);
        if (filled.missing.empty()) {
            candidates.push_back({&each, std::move(filled)});
        } else if (stuck.missing.empty() || _goal.isAt(each.to)) {
            stuck.missing = std::move(filled.missing);
            stuck.barred = each.name;
        }
    }
    return candidates;
}

/// Hops over known ways from a status to one where `ends` holds, not through what was visited.
int Walk::distance(const jira::WorkflowStatus& from,
                   const std::function<bool(const jira::WorkflowStatus&)>& ends,
                   const std::string& here) const {
    std::queue<std::pair<jira::WorkflowStatus, int>> open;
    std::set<std::string> seen = _visited;
    seen.insert(here);
    if (!seen.insert(from.id).second)
        return unreachable;
    open.push({from, 0});
    while (!open.empty()) {
        const auto [status, hops] = open.front();
        open.pop();
        if (ends(status))
            return hops;
        for (const jira::WorkflowStatus& to : _graph.from(status.id))
            if (seen.insert(to.id).second)
                open.push({to, hops + 1});
    }
    return unreachable;
}

/// How well a status suits as a stop on the way; less is better. Work under way is where tickets pass
/// through, and a ticket that is to be closed or opened should not be the other on the way.
int Walk::rank(const jira::WorkflowStatus& status) const {
    if (status.category == "done")
        return _goal.done ? 1 : 2;
    return status.category == "indeterminate" || !_goal.done ? 0 : 2;
}

const Walk::Candidate* Walk::choose(const std::vector<Candidate>& candidates, const std::string& here) const {
    using Score = std::tuple<int, int, int, std::size_t>;
    const Candidate* best = nullptr;
    Score bestScore;
    const auto isGoal = [&](const jira::WorkflowStatus& status) { return _goal.isAt(status); };
    const auto isNew = [&](const jira::WorkflowStatus& status) { return !_graph.knows(status.id); };
    for (const Candidate& each : candidates) {
        const jira::WorkflowStatus& to = each.transition->to;
        Score score{0, distance(to, isGoal, here), 0, each.fill.values.size()};
        if (_goal.done)
            std::get<2>(score) = soundsSetAside(to.name) == _goal.setAside ? 0 : 1;
        else
            std::get<2>(score) = to.category == "new" ? 0 : 1; // reopened work begins anew
        if (std::get<1>(score) == unreachable)
            score = {1, distance(to, isNew, here), rank(to), each.fill.values.size()};
        if (std::get<1>(score) == unreachable || (std::get<0>(score) == 1 && !_mayExplore))
            continue;
        if (!best || score < bestScore) {
            best = &each;
            bestScore = score;
        }
    }
    return best;
}

} // namespace jira_plugin::sync
