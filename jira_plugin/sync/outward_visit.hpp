#pragma once

#include "field_plan.hpp"
#include "occasion.hpp"
#include "outward_comment.hpp"
#include "own_writes.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// Brings one ticket into line: takes what is due of it, in order, and settles it. What is written is decided
/// anew from what the ticket and its findings are now, so that a visit that died half-way is simply made
/// again. Used once, on one thread.
class OutwardVisit {
public:
    OutwardVisit(OutwardParts& parts, std::string organisation);
    ~OutwardVisit();
    OutwardVisit(const OutwardVisit&) = delete;
    OutwardVisit& operator=(const OutwardVisit&) = delete;

    /// False when nothing was due or the organisation's queue is closed. Throws store::StoreError.
    bool run();

private:
    using Task = store::OutwardTask;

    /// What was done about the place of the ticket.
    struct Move {
        bool moved = false;
        std::string unmoved;     ///< why not, as a sentence
        std::string remedy;      ///< with unmoved
        std::string refusedStep; ///< the last that Jira refused
        std::size_t othersOpen = 0;
        bool isShared = false;

        void forgetRefusal() { unmoved = remedy = refusedStep = ""; }
    };

    void visit();
    bool prepare();
    void each(const char* what, const std::function<void(const Task&)>& work);
    void settled(const Task& task);
    const Task& working() const;
    void parkAll(const std::string& cause, const std::string& message, const std::string& remedy);

    // outward_move.cpp
    void move(const Task& task);
    std::size_t countOthers(const Task& task, Move& move);
    void walk(const Task& task, Occasion occasion, const Target& target, Move& move);
    void takeStep(const Task& task, Walk& walk, const Walk::Step& step, Move& move);
    void goBack(const Task& task, const jira::WorkflowStatus& start, const Walk& walked);
    std::set<std::string> alreadySet(const std::vector<jira::Transition>& offered, const Target& target);
    std::string workflowKey() const;

    // outward_fields.cpp
    void fields(const Task& task);
    std::optional<FieldPlan> plan(const Task& task, const host::Finding& finding);
    void writeFields(const Task& task, FieldPlan plan);
    void tellEnded(const std::string& finding, const FieldPlan& plan);

    void tell(const Task& task);
    void finish(const Task& task, const host::Finding& finding, Occasion occasion);
    void note(const std::string& finding, const std::string& key, const std::string& text,
              const std::string& remedy = {});

    std::optional<host::Finding> current(const Task& task);
    bool isStale(const Task& task, const host::Finding& finding) const;

    OutwardParts& _parts;
    const std::string _organisation;
    const std::string _lease;
    store::OutwardStore::Claimed _claimed;
    std::vector<Task> _open; ///< of the claimed, not settled yet
    std::shared_ptr<jira::Client> _client;
    std::optional<TicketSide> _side;
    std::optional<TicketWriter> _writer;
    IssueId _issue;
    jira::IssueState _now;
    std::map<std::string, Move> _moves; ///< by task
    std::string _working;               ///< id of the task that is worked on
};

} // namespace jira_plugin::sync
