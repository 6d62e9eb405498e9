#pragma once

#include "jira/workflow.hpp"
#include "transition_fields.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::sync {

/// Where a ticket is to stand.
struct Goal {
    std::string statusId; ///< empty: any status of the category
    std::string statusName;
    bool done = false;     ///< the category: done, or anything else
    bool setAside = false; ///< done without being mended: accepted, a false positive

    bool isAt(const jira::WorkflowStatus& status) const;
    std::string describe() const; ///< "'Closed'", "a status of the category Done"
};

/// Which statuses lead where, as far as it was seen. Jira tells only what leaves the status in which an issue
/// stands. Copied freely.
class WorkflowGraph {
public:
    void learn(const std::string& from, const std::vector<jira::WorkflowStatus>& to) { _edges[from] = to; }
    bool knows(const std::string& status) const { return _edges.count(status) != 0; }
    const std::vector<jira::WorkflowStatus>& from(const std::string& status) const;

private:
    std::map<std::string, std::vector<jira::WorkflowStatus>> _edges;
};

/// The graphs that were learned, one for each workflow; forgotten with the process. Safe from any thread.
class WorkflowMemory {
public:
    WorkflowGraph recall(const std::string& workflow) const;
    void keep(const std::string& workflow, const WorkflowGraph& graph);

private:
    mutable std::mutex _mutex;
    std::map<std::string, WorkflowGraph> _graphs;
};

/// A way through a workflow that shows itself only step by step. Prefers the direct step, then a way that is
/// known, then the nearest status that was never seen; enters no status twice and takes no transition twice.
/// Pure, for one issue and one thread.
class Walk {
public:
    static constexpr std::size_t mostHops = 8;

    /// mayExplore: false takes known ways alone.
    Walk(Goal goal, WorkflowGraph known, bool mayExplore = true);

    struct Step {
        enum class Kind { Arrived, Move, Stuck };
        Kind kind = Kind::Stuck;
        jira::Transition transition;               ///< with Move
        std::map<std::string, std::string> fields; ///< with Move: for its screen
        std::vector<std::string> missing;          ///< with Stuck: required fields that barred the way
        std::string barred;                        ///< with Stuck: name of the transition they belong to
    };
    using Fill = std::function<ScreenFill(const jira::Transition&)>;
    /// here: where the issue stands now, whatever the last step promised. offered: what leaves it.
    Step next(const jira::WorkflowStatus& here, const std::vector<jira::Transition>& offered,
              const Fill& fill);

    /// Jira refused a step: it is not taken again.
    void refuse(const std::string& from, const std::string& transition) { _taken.insert({from, transition}); }

    const WorkflowGraph& graph() const { return _graph; }

private:
    struct Candidate {
        const jira::Transition* transition;
        ScreenFill fill;
    };
    std::vector<Candidate> usable(const std::string& here, const std::vector<jira::Transition>& offered,
                                  const Fill& fill, Step& stuck) const;
    int distance(const jira::WorkflowStatus& from,
                 const std::function<bool(const jira::WorkflowStatus&)>& ends, const std::string& here) const;
    int rank(const jira::WorkflowStatus& status) const;
    const Candidate* choose(const std::vector<Candidate>& candidates, const std::string& here) const;

    const Goal _goal;
    const bool _mayExplore;
    WorkflowGraph _graph;
    std::set<std::string> _visited;
    std::set<std::pair<std::string, std::string>> _taken; ///< status and transition
    std::size_t _hops = 0;
};

} // namespace jira_plugin::sync
