#pragma once

#include "ticket_jira.hpp"

#include "../each_engine.hpp"
#include "../push/push_world.hpp"

#include "sync/manual_link.hpp"
#include "sync/outward.hpp"
#include "sync/outward_desk.hpp"
#include "sync/outward_visit.hpp"
#include "sync/own_writes.hpp"

#include <optional>

/// Everything that the way to Jira needs, on a real database; can die and start again.
namespace sync_test {

namespace push = jira_plugin::push;
namespace store = jira_plugin::store;
namespace host = jira_plugin::host;
using namespace jira_plugin::sync;

inline const std::string acme = "acme";

/// Keeps what it is told.
class NotedInward : public Inward {
public:
    std::vector<Drift> apply(const IssueId&, const jira::IssueState& now, const Hint&) override {
        applied.push_back(now);
        if (onApply)
            onApply(now);
        return {};
    }
    std::vector<Drift> applyGone(const IssueId&, Gone, const Hint&) override { return {}; }
    std::vector<Drift> applyComments(const IssueId&, const Hint&) override { return {}; }
    void remember(const IssueId&, const jira::IssueState& now) override { remembered.push_back(now); }

    std::vector<jira::IssueState> applied, remembered;
    std::function<void(const jira::IssueState&)> onApply;
};

class FixedSettings : public SettingsSource {
public:
    SyncSettings of(const std::string&, const std::string&) override { return settings; }
    SyncSettings settings;
};

struct OutwardWorld {
    /// place: of the database; empty: one of this world's own, on each engine in turn.
    explicit OutwardWorld(const std::string& place = {}, const store::DatabaseOptions& theOptions = {})
        : options(theOptions) {
        databasePlace = place.empty() ? engine.emplace().place() : place;
        for (const char* field : {"summary", "description", "priority", "labels", "assignee", "duedate"}) {
            jira::FieldMeta meta;
            meta.fieldId = field;
            meta.name = field;
            atlassian->screen[field] = meta;
        }
        atlassian->screen["priority"].allowedValues = {
            {"1", "Highest"}, {"2", "High"}, {"3", "Medium"}, {"4", "Low"}, {"5", "Lowest"}};
        mappings.map("payments", "PAY");
        pushSettings.steadyClock = [this] {
            return std::chrono::steady_clock::time_point(std::chrono::milliseconds(hosting.nowMs()));
        };
        pushSettings.random = [] { return 0.5; };
        pushSettings.beforeStep = [this](const char* name) {
            if (dieBefore == name)
                throw push_test::Killed();
        };
        start();
    }

    void start() {
        database = std::make_unique<store::Database>(databasePlace, options);
        pushParts = std::make_unique<push::PushParts>(*database, connections, mappings, hosting.services(),
                                                      pushSettings);
        parts = std::make_unique<OutwardParts>(*pushParts, settings, inward);
        outward = std::make_unique<QueuedOutward>(*parts, [this] { ++wakes; });
        links = std::make_unique<ManualLinks>(*pushParts, inward, [this] { ++wakes; });
        desk = std::make_unique<OutwardDesk>(*database, hosting, [this] { ++wakes; });
    }

    void restart() {
        links.reset();
        outward.reset();
        parts.reset();
        pushParts.reset();
        database.reset();
        dieBefore.clear();
        start();
    }

    /// A finding that became a ticket through the push, in the workflow To Do > In Progress > Review > Done.
    void ticketOf(const host::Finding& finding) {
        know(finding);
        push::PushWorker worker(*pushParts);
        push::PushService service(*pushParts, worker);
        service.request({acme, "ann", false}, {finding});
        push::SendPermits permits(1);
        while (push::Batch(*pushParts, permits, acme).run()) {
        }
        const auto link = pushParts->links.find(acme, finding.id);
        const auto& draft = atlassian->requests.back().back();
        jira::IssueState state;
        state.id = link->ticket.id;
        state.key = link->ticket.key;
        state.summary = draft.summary;
        state.projectId = draft.projectId;
        state.projectKey = draft.projectKey;
        state.issueTypeId = draft.issueTypeId;
        state.status = toDo;
        state.priority = {draft.priorityId.value_or(""), "priority"};
        state.dueDate = draft.dueDate.value_or("");
        state.labels = draft.labels;
        atlassian->states[state.id] = state;
    }

    void know(const host::Finding& finding) { hosting.known[finding.id] = finding; }

    /// The host changes a finding and tells of it.
    host::FindingChange set(const std::string& id, const std::function<void(host::Finding&)>& edit,
                            const std::string& actor = "ann") {
        host::FindingChange change;
        const host::Finding before = hosting.known.at(id);
        host::Finding& now = hosting.known.at(id);
        edit(now);
        ++now.revision;
        change.finding = now;
        change.oldStatus = before.status;
        change.oldSeverity = before.severity;
        change.oldDueDate = before.dueDate;
        change.statusChanged = now.status != before.status;
        change.severityChanged = now.severity != before.severity;
        change.dueDateChanged = now.dueDate != before.dueDate;
        change.textChanged = now.title != before.title;
        change.event = "e" + std::to_string(++events);
        change.actor = actor;
        change.actorName = actor == "ann" ? "Ann Archer" : "";
        outward->findingChanged(change);
        return change;
    }
    host::FindingChange setStatus(const std::string& id, host::FindingStatus to,
                                  const std::string& actor = "ann") {
        return set(
            id, [&](host::Finding& finding) { finding.status = to; }, actor);
    }

    /// Visits tickets until nothing is due.
    void visit() {
        while (OutwardVisit(*parts, acme).run()) {
        }
    }
    /// The same while time goes by.
    void settle() {
        for (int i = 0; i < 20; ++i) {
            visit();
            hosting.advance(30'000);
            parts->tasks.sweep([](const std::string&, std::int64_t) { return true; });
        }
        visit();
    }

    jira::IssueState& ticket(const std::string& finding) {
        return atlassian->states.at(pushParts->links.find(acme, finding)->ticket.id);
    }
    IssueId issueOf(const std::string& finding) {
        const auto link = pushParts->links.find(acme, finding);
        return {acme, link->ticket.system, link->ticket.id};
    }
    std::string lastComment() const { return atlassian->said.empty() ? "" : atlassian->said.back().text; }

    jira::WorkflowStatus toDo = status("To Do", "new"), progress = status("In Progress", "indeterminate"),
                         review = status("Review", "indeterminate"), done = status("Done", "done");
    const std::vector<jira::AllowedValue> resolutions{
        {"10", "Done"}, {"11", "Won't Do"}, {"12", "Duplicate"}, {"13", "Cannot Reproduce"}};

    /// Three hops, the last with a resolution that must be given.
    void longWorkflow() {
        atlassian->steps["s-To Do"] = {step("Start", progress)};
        atlassian->steps["s-In Progress"] = {step("Stop", toDo), step("Review", review)};
        atlassian->steps["s-Review"] = {step("Reject", progress),
                                        withField(step("Close", done), "resolution", true, resolutions)};
        atlassian->steps["s-Done"] = {step("Reopen", toDo)};
    }

    std::optional<jira_plugin::EachEngine> engine; ///< none when a test names the place
    store::DatabaseOptions options;
    std::string databasePlace;
    push_test::FakeHost hosting;
    std::shared_ptr<TicketJira> atlassian = std::make_shared<TicketJira>();
    push_test::FakeConnections connections{atlassian};
    push_test::FakeMappings mappings;
    push::PushSettings pushSettings;
    FixedSettings settings;
    NotedInward inward;
    std::string dieBefore;
    int wakes = 0;
    int events = 0;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<push::PushParts> pushParts;
    std::unique_ptr<OutwardParts> parts;
    std::unique_ptr<QueuedOutward> outward;
    std::unique_ptr<ManualLinks> links;
    std::unique_ptr<OutwardDesk> desk;
};

inline host::Finding finding(const std::string& id, host::Severity severity = host::Severity::High) {
    auto result = push_test::finding(id, severity);
    result.revision = 1;
    return result;
}

} // namespace sync_test
