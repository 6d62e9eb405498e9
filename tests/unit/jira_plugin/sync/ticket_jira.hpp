#pragma once

#include "../push/fake_jira.hpp"

#include "jira/comments.hpp"
#include "jira/editing.hpp"
#include "jira/issue_state.hpp"
#include "jira/workflow.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

/// A Jira in memory whose tickets can be moved, edited and commented on, and that can lose answers.
namespace sync_test {

namespace jira = jira_plugin::jira;
namespace mapping = jira_plugin::mapping;

class TicketJira : public push_test::FakeJira,
                   public jira::IssueStates,
                   public jira::Workflow,
                   public jira::Comments,
                   public jira::Editing {
public:
    jira::Comments& comments() override { return *this; }
    jira::Workflow& workflow() override { return *this; }
    jira::IssueStates& issueStates() override { return *this; }
    jira::Editing& editing() override { return *this; }

    // IssueStates
    jira::FetchedIssues fetch(const std::vector<std::string>& ids) override {
        const Lock lock(tickets);
        if (onRead)
            onRead();
        jira::FetchedIssues fetched;
        for (const std::string& id : ids)
            if (const auto found = states.find(id); found != states.end())
                fetched.issues.push_back(found->second);
            else
                fetched.missing.push_back(id);
        return fetched;
    }
    jira::ChangedIssues changedSince(const std::vector<std::string>&, std::int64_t,
                                     const std::string&) override {
        return {};
    }
    jira::ChangedIssues withLabel(const std::string&, const std::string&) override { return {}; }

    // Workflow
    std::vector<jira::Transition> transitions(const std::string& id) override {
        const Lock lock(tickets);
        return steps[states.at(id).status.id];
    }
    void transition(const std::string& id, const std::string& transition,
                    const std::map<std::string, std::string>& fields) override {
        const Lock lock(tickets);
        ++writes;
        if (beforeWrite)
            beforeWrite("transition");
        for (const jira::Transition& each : steps[states.at(id).status.id])
            if (each.id == transition) {
                for (const auto& [field, meta] : each.fields)
                    if (meta.required && fields.count(field) == 0)
                        throw jira::Refusal(400, meta.name + " is required.", "Give it.",
                                            {{field, "required"}});
                states.at(id).status = each.to;
                taken.push_back(each.name);
                screens.push_back(fields);
                if (afterWrite)
                    afterWrite("transition");
                return;
            }
        throw jira::Refusal(400, "It is not valid for the current state of the issue.", "", {});
    }
    std::vector<jira::Resolution> resolutions() override { return {}; }

    // Comments
    jira::Comment addComment(const std::string& id, const mapping::Document& body,
                             const std::string& marker) override {
        const Lock lock(tickets);
        ++writes;
        if (beforeWrite)
            beforeWrite("comment");
        jira::Comment comment;
        comment.id = std::to_string(500 + said.size());
        comment.issueId = id;
        comment.marker = marker;
        for (const auto& block : body.blocks) {
            for (const auto& span : block.spans)
                comment.text += span.text;
            comment.text += "\n";
        }
        said.push_back(comment);
        if (afterWrite)
            afterWrite("comment");
        return comment;
    }
    std::vector<jira::Comment> comments(const std::string& id) override {
        const Lock lock(tickets);
        std::vector<jira::Comment> found;
        std::copy_if(said.begin(), said.end(), std::back_inserter(found),
                     [&](const jira::Comment& each) { return each.issueId == id; });
        return found;
    }
    std::optional<jira::Comment> marked(const std::string& id, const std::string& marker,
                                        std::int64_t) override {
        for (const jira::Comment& each : comments(id))
            if (each.marker == marker)
                return each;
        return {};
    }
    std::optional<jira::Comment> comment(const std::string&, const std::string&) override { return {}; }

    // Editing
    void edit(const std::string& id, const jira::IssueEdit& change) override {
        const Lock lock(tickets);
        ++writes;
        if (beforeWrite)
            beforeWrite("edit");
        if (!refusedField.empty() && (refusedField != "priority" || change.priorityId))
            throw jira::Refusal(400, "Field cannot be set.", "",
                                {{refusedField, "It is not on the screen."}});
        jira::IssueState& issue = states.at(id);
        issue.summary = change.summary.value_or(issue.summary);
        if (change.priorityId)
            issue.priority = {*change.priorityId, "priority " + *change.priorityId};
        if (change.assigneeId)
            issue.assignee = {*change.assigneeId, *change.assigneeId};
        issue.dueDate = change.dueDate.value_or(issue.dueDate);
        for (const std::string& label : change.addLabels)
            issue.labels.push_back(label);
        for (const std::string& label : change.removeLabels)
            issue.labels.erase(std::remove(issue.labels.begin(), issue.labels.end(), label),
                               issue.labels.end());
        edits.push_back(change);
        if (afterWrite)
            afterWrite("edit");
    }
    void setProperty(const std::string&, const std::string&, const std::string&) override {}

    // The client
    std::optional<jira::Issue> issue(const std::string& idOrKey) override {
        const Lock lock(tickets);
        for (const auto& [id, state] : states)
            if (id == idOrKey || state.key == idOrKey) {
                jira::Issue issue;
                issue.id = id;
                issue.key = state.key;
                issue.summary = state.summary;
                issue.status = state.status.name;
                issue.statusCategory = state.status.category;
                issue.labels = state.labels;
                return issue;
            }
        return std::nullopt;
    }

    using Lock = std::lock_guard<std::recursive_mutex>;
    mutable std::recursive_mutex tickets;
    std::map<std::string, jira::IssueState> states;             ///< by id
    std::map<std::string, std::vector<jira::Transition>> steps; ///< by status
    std::vector<std::string> taken;                             ///< names of transitions
    std::vector<std::map<std::string, std::string>> screens;    ///< what they were filled with
    std::vector<jira::Comment> said;
    std::vector<jira::IssueEdit> edits;
    std::string refusedField;
    int writes = 0;
    std::function<void()> onRead;
    std::function<void(const std::string&)> beforeWrite; ///< throws: nothing was done
    std::function<void(const std::string&)> afterWrite;  ///< throws: the answer is lost
};

inline jira::WorkflowStatus status(const std::string& name, const std::string& category) {
    return {"s-" + name, name, category};
}

inline jira::Transition step(const std::string& name, const jira::WorkflowStatus& to) {
    return {"t-" + name, name, to, {}};
}

inline jira::Transition withField(jira::Transition transition, const std::string& id, bool required,
                                  std::vector<jira::AllowedValue> allowed = {}) {
    jira::FieldMeta field;
    field.fieldId = id;
    field.name = id;
    field.required = required;
    field.allowedValues = std::move(allowed);
    transition.fields[id] = field;
    return transition;
}

} // namespace sync_test
