#pragma once

#include "jira/comments.hpp"
#include "jira/editing.hpp"
#include "jira/errors.hpp"
#include "jira/issue_state.hpp"
#include "jira/webhooks.hpp"
#include "jira/workflow.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

/// The issues of a Jira in memory as two-way sync sees them: statuses, comments, steps, edits and webhooks.
/// What happens is kept for tests to look at. Safe from any thread; set it up before threads use it, or under
/// its mutex. The hooks are called without the mutex, so they may change the board.
namespace push_test {

namespace jira = jira_plugin::jira;

inline const jira::WorkflowStatus toDo{"1", "To Do", "new"};
inline const jira::WorkflowStatus inProgress{"3", "In Progress", "indeterminate"};
inline const jira::WorkflowStatus done{"10002", "Done", "done"};

class FakeBoard : public jira::Comments,
                  public jira::Workflow,
                  public jira::IssueStates,
                  public jira::Editing,
                  public jira::Webhooks {
public:
    /// What was written, in order.
    struct Edit {
        std::string issueId;
        jira::IssueEdit change;
    };
    struct Step {
        std::string issueId;
        std::string transitionId;
        std::map<std::string, std::string> fields;
    };

    // How tests arrange it
    /// Puts an issue on the board, in "To Do" unless the state says otherwise.
    jira::IssueState& put(jira::IssueState state) {
        const std::lock_guard<std::mutex> lock(mutex);
        return putLocked(std::move(state));
    }
    jira::IssueState& put(const std::string& id, const std::string& key,
                          const jira::WorkflowStatus& status = toDo) {
        jira::IssueState state;
        state.id = id;
        state.key = key;
        state.projectKey = key.substr(0, key.find('-'));
        state.projectId = "id-" + state.projectKey;
        state.status = status;
        return put(std::move(state));
    }
    /// What a person does in Jira: the issue is in another status from now on.
    void move(const std::string& id, const jira::WorkflowStatus& status) {
        const std::lock_guard<std::mutex> lock(mutex);
        jira::IssueState& state = issues.at(id);
        state.status = status;
        state.resolution = status.category == "done" ? jira::Named{"10000", "Done"} : jira::Named{};
        state.updatedMs = tick();
    }
    /// The issue is deleted, or hidden from us.
    void drop(const std::string& id) {
        const std::lock_guard<std::mutex> lock(mutex);
        issues.erase(id);
        commentsOf.erase(id);
    }
    /// What a person writes in Jira.
    jira::Comment say(const std::string& issueId, const std::string& author, const std::string& text,
                      const std::string& restrictedTo = {}) {
        const std::lock_guard<std::mutex> lock(mutex);
        jira::Comment comment;
        comment.authorId = author;
        comment.authorName = author;
        comment.text = text;
        comment.restrictedTo = restrictedTo;
        return addLocked(issueId, std::move(comment));
    }
    /// A step out of a status: {"11", "Start", inProgress} and the like; same for every issue.
    void allow(const jira::WorkflowStatus& from, jira::Transition step) {
        const std::lock_guard<std::mutex> lock(mutex);
        steps[from.id].push_back(std::move(step));
    }
    jira::IssueState state(const std::string& id) const {
        const std::lock_guard<std::mutex> lock(mutex);
        return issues.at(id);
    }
    /// How often something was asked for, by the words that `beforeCall` gets.
    int count(const std::string& what) const {
        const std::lock_guard<std::mutex> lock(mutex);
        const auto found = calls.find(what);
        return found == calls.end() ? 0 : found->second;
    }

    // jira::Comments
    jira::Comment addComment(const std::string& issueId, const jira_plugin::mapping::Document& body,
                             const std::string& marker) override {
        begin("add comment", issueId);
        jira::Comment comment;
        {
            const std::lock_guard<std::mutex> lock(mutex);
            require(issueId);
            comment.authorId = me;
            comment.authorName = me;
            comment.text = textOf(body);
            comment.marker = marker;
            comment = addLocked(issueId, comment);
        }
        end("add comment", issueId);
        return comment;
    }
    std::vector<jira::Comment> comments(const std::string& issueId) override {
        begin("comments", issueId);
        const std::lock_guard<std::mutex> lock(mutex);
        require(issueId);
        return commentsOf[issueId];
    }
    std::optional<jira::Comment> marked(const std::string& id, const std::string& marker,
                                        std::int64_t) override {
        for (const jira::Comment& each : comments(id))
            if (each.marker == marker)
                return each;
        return {};
    }
    std::optional<jira::Comment> comment(const std::string& issueId, const std::string& commentId) override {
        begin("comment", issueId);
        const std::lock_guard<std::mutex> lock(mutex);
        for (const jira::Comment& comment : commentsOf[issueId])
            if (comment.id == commentId)
                return comment;
        return std::nullopt;
    }

    // jira::Workflow
    std::vector<jira::Transition> transitions(const std::string& issueId) override {
        begin("transitions", issueId);
        const std::lock_guard<std::mutex> lock(mutex);
        require(issueId);
        return steps[issues.at(issueId).status.id];
    }
    void transition(const std::string& issueId, const std::string& transitionId,
                    const std::map<std::string, std::string>& fields) override {
        begin("transition", issueId);
        {
            const std::lock_guard<std::mutex> lock(mutex);
            require(issueId);
            take(issues.at(issueId), transitionId, fields);
            taken.push_back({issueId, transitionId, fields});
        }
        end("transition", issueId);
    }
    std::vector<jira::Resolution> resolutions() override {
        begin("resolutions", {});
        const std::lock_guard<std::mutex> lock(mutex);
        return allResolutions;
    }

    // jira::IssueStates
    jira::FetchedIssues fetch(const std::vector<std::string>& issueIds) override {
        begin("fetch", {});
        const std::lock_guard<std::mutex> lock(mutex);
        fetched.push_back(issueIds);
        jira::FetchedIssues found;
        for (const std::string& id : issueIds) {
            const auto issue = issues.find(id);
            if (issue == issues.end())
                found.missing.push_back(id);
            else
                found.issues.push_back(issue->second);
        }
        return found;
    }
    jira::ChangedIssues changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                                     const std::string& after) override {
        begin("changed", {});
        return portion(after, [&](const jira::IssueState& issue) {
            return issue.updatedMs >= sinceMs &&
                   std::count(projectIds.begin(), projectIds.end(), issue.projectId) > 0;
        });
    }
    jira::ChangedIssues withLabel(const std::string& label, const std::string& after) override {
        begin("label", {});
        return portion(after, [&](const jira::IssueState& issue) {
            return std::count(issue.labels.begin(), issue.labels.end(), label) > 0;
        });
    }

    // jira::Editing
    void edit(const std::string& issueId, const jira::IssueEdit& change) override {
        begin("edit", issueId);
        {
            const std::lock_guard<std::mutex> lock(mutex);
            require(issueId);
            apply(issues.at(issueId), change);
            edits.push_back({issueId, change});
        }
        end("edit", issueId);
    }
    void setProperty(const std::string& issueId, const std::string& key, const std::string& value) override {
        begin("property", issueId);
        {
            const std::lock_guard<std::mutex> lock(mutex);
            require(issueId);
            properties[{issueId, key}] = value;
        }
        end("property", issueId);
    }

    // jira::Webhooks
    Kind kind() override { return webhookKind; }
    std::vector<jira::Webhook> list() override {
        begin("webhooks", {});
        const std::lock_guard<std::mutex> lock(mutex);
        return webhooks;
    }
    std::string add(const jira::WebhookOrder& order) override {
        begin("add webhook", order.url);
        std::string id;
        {
            const std::lock_guard<std::mutex> lock(mutex);
            orders.push_back(order);
            id = std::to_string(++lastWebhook);
            const std::int64_t until = webhookKind == Kind::Dynamic ? nowMs + webhookLifeMs : 0;
            webhooks.push_back({id, order.url, order.events, order.jql, until, true});
        }
        end("add webhook", order.url);
        return id;
    }
    std::int64_t refresh(const std::vector<std::string>& ids) override {
        begin("refresh webhooks", {});
        const std::lock_guard<std::mutex> lock(mutex);
        for (jira::Webhook& webhook : webhooks)
            if (std::count(ids.begin(), ids.end(), webhook.id) > 0)
                webhook.expiresAtMs = nowMs + webhookLifeMs;
        return nowMs + webhookLifeMs;
    }
    void remove(const std::vector<std::string>& ids) override {
        begin("remove webhooks", {});
        const std::lock_guard<std::mutex> lock(mutex);
        webhooks.erase(std::remove_if(webhooks.begin(), webhooks.end(),
                                      [&](const jira::Webhook& webhook) {
                                          return std::count(ids.begin(), ids.end(), webhook.id) > 0;
                                      }),
                       webhooks.end());
    }

    static constexpr std::int64_t webhookLifeMs = 30LL * 24 * 60 * 60 * 1000;

    mutable std::mutex mutex;
    std::map<std::string, jira::IssueState> issues; ///< by id
    std::map<std::string, std::vector<jira::Comment>> commentsOf;
    std::map<std::string, std::vector<jira::Transition>> steps; ///< by the id of the status they start in
    std::vector<jira::Resolution> allResolutions{{"10000", "Done"}, {"10001", "Won't Do"}};
    std::map<std::pair<std::string, std::string>, std::string> properties; ///< by issue id and key
    std::vector<jira::Webhook> webhooks;
    Kind webhookKind = Kind::Dynamic;
    std::vector<Edit> edits;
    std::vector<Step> taken;
    std::vector<jira::WebhookOrder> orders;
    std::vector<std::vector<std::string>> fetched;
    std::string me = "mayo-account";
    std::int64_t nowMs = 1'700'000'000'000; ///< of the last write; every write is a second later
    std::size_t portionSize = 50;

    /// What is about to be done ("add comment", "comments", "comment", "transitions", "transition",
    /// "resolutions", "fetch", "changed", "label", "edit", "property", "webhooks", "add webhook", "refresh
    /// webhooks", "remove webhooks"), and to which issue. Throws: nothing was done.
    std::function<void(const std::string& what, const std::string& issueId)> beforeCall;
    /// The same after a write. Throws: the answer is lost.
    std::function<void(const std::string& what, const std::string& issueId)> afterWrite;

private:
    void begin(const std::string& what, const std::string& issueId) {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            ++calls[what];
        }
        if (beforeCall)
            beforeCall(what, issueId);
    }
    void end(const std::string& what, const std::string& issueId) {
        if (afterWrite)
            afterWrite(what, issueId);
    }

    std::int64_t tick() { return nowMs += 1000; }

    jira::IssueState& putLocked(jira::IssueState state) {
        if (state.status.id.empty())
            state.status = toDo;
        if (state.updatedMs == 0)
            state.updatedMs = tick();
        const std::string id = state.id;
        return issues[id] = std::move(state);
    }

    void require(const std::string& issueId) const {
        if (issues.count(issueId) == 0)
            throw jira::Refusal(404, "Jira does not know it, or hides it from the connected account (404).",
                                "Check that it still exists in Jira.", {});
    }

    jira::Comment addLocked(const std::string& issueId, jira::Comment comment) {
        comment.id = std::to_string(++lastComment);
        comment.issueId = issueId;
        comment.createdMs = tick();
        comment.updatedMs = comment.createdMs;
        commentsOf[issueId].push_back(comment);
        issues.at(issueId).updatedMs = comment.createdMs;
        return comment;
    }

    void take(jira::IssueState& issue, const std::string& transitionId,
              const std::map<std::string, std::string>& fields) {
        for (const jira::Transition& step : steps[issue.status.id]) {
            if (step.id != transitionId)
                continue;
            for (const auto& [id, field] : step.fields)
                if (field.required && !field.hasDefaultValue && fields.count(id) == 0)
                    throw jira::Refusal(400,
                                        "Jira refused (400): " + id + ": " + field.name + " is required.",
                                        "Fill it in.", {{id, field.name + " is required."}});
            issue.status = step.to;
            issue.resolution = step.to.category == "done" ? jira::Named{"10000", "Done"} : jira::Named{};
            issue.updatedMs = tick();
            return;
        }
        throw jira::Refusal(400, "Jira refused (400): the step is not possible now.", "Choose another.", {});
    }

    void apply(jira::IssueState& issue, const jira::IssueEdit& change) {
        if (change.summary)
            issue.summary = *change.summary;
        if (change.priorityId)
            issue.priority = {*change.priorityId, *change.priorityId};
        if (change.assigneeId)
            issue.assignee = {*change.assigneeId, *change.assigneeId};
        if (change.dueDate)
            issue.dueDate = *change.dueDate;
        for (const std::string& label : change.removeLabels)
            issue.labels.erase(std::remove(issue.labels.begin(), issue.labels.end(), label),
                               issue.labels.end());
        for (const std::string& label : change.addLabels)
            if (std::count(issue.labels.begin(), issue.labels.end(), label) == 0)
                issue.labels.push_back(label);
        issue.updatedMs = tick();
    }

    template <class Wanted> jira::ChangedIssues portion(const std::string& after, Wanted&& wanted) {
        const std::lock_guard<std::mutex> lock(mutex);
        const std::size_t start = after.empty() ? 0 : std::stoul(after);
        jira::ChangedIssues found;
        std::size_t at = 0;
        for (const auto& [id, issue] : issues) {
            if (!wanted(issue))
                continue;
            if (at >= start && found.issues.size() < portionSize)
                found.issues.push_back(issue);
            ++at;
        }
        if (start + found.issues.size() < at)
            found.next = std::to_string(start + found.issues.size());
        return found;
    }

    static std::string textOf(const jira_plugin::mapping::Document& body) {
        std::string text;
        const auto append = [&text](const std::vector<jira_plugin::mapping::Span>& spans) {
            for (const auto& span : spans)
                text += span.text + (span.href.empty() ? "" : " (" + span.href + ")");
        };
        for (const auto& block : body.blocks) {
            text += text.empty() ? "" : "\n";
            append(block.spans);
            text += block.text;
            for (const auto& item : block.items) {
                append(item);
                text += "\n";
            }
        }
        return text;
    }

    std::map<std::string, int> calls;
    int lastComment = 20000;
    int lastWebhook = 1000;
};

} // namespace push_test
