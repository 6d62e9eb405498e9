#include "batch.hpp"

#include "doubles.hpp"
#include "jira/errors.hpp"
#include "mapping/draft_builder.hpp"
#include "snapshot.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

constexpr std::int64_t hostPauseMs = 30'000;

} // namespace

Batch::Batch(PushParts& parts, SendPermits& permits, std::string organisation)
    : _parts(parts), _permits(permits), _organisation(std::move(organisation)), _lease(parts.leases.begin()),
      _mappings(parts.mappings) {}

Batch::~Batch() {
    _parts.leases.end(_lease);
}

bool Batch::run() {
    if (_parts.gate.closed(_organisation))
        return false;
    const bool wasPaused = _parts.gate.lastPause(_organisation).has_value();
    if (!connect())
        return false;
    Group group;
    if (!claim(group))
        return false;
    auto stopped = drafts(group);
    if (!group.empty())
        _groups.push_back(std::move(group));
    while (!stopped && !_groups.empty() && !_permits.isStopped()) {
        Group next = std::move(_groups.front());
        _groups.pop_front();
        stopped = send(std::move(next));
    }
    if (stopped)
        halt(*stopped);
    else if (wasPaused)
        _parts.gate.succeeded(_organisation);
    putBack();
    return !stopped;
}

// Without a Jira the whole queue waits, not only what this batch would have taken.
bool Batch::connect() {
    try {
        _client = _parts.connections.client(_organisation);
        return true;
    } catch (const jira::Error& problem) {
        const Ruling ruling = ruleOnProblem(problem, false);
        const std::int64_t until = _parts.gate.close(_organisation, ruling);
        _parts.outbox.hold(_organisation, ruling.cause, ruling.message, ruling.remedy, until, _parts.nowMs());
        return false;
    }
}

bool Batch::claim(Group& group) {
    _parts.step("claim");
    const std::int64_t now = _parts.nowMs();
    std::vector<store::OutboxChange> unreadable;
    auto rows = _parts.outbox.claim(_organisation, _lease, now, now + _parts.settings.leaseMs, batchSize);
    for (store::ClaimedRow& claimed : rows) {
        auto item = std::make_unique<BatchItem>();
        item->row = std::move(claimed.row);
        try {
            item->finding = decodeSnapshot(claimed.snapshot);
            group.push_back(std::move(item));
        } catch (const std::runtime_error& problem) {
            Ruling ruling;
            ruling.cause = "snapshot";
            ruling.message = problem.what();
            ruling.remedy = "Create the ticket again from the finding's page.";
            unreadable.push_back(parked(*item, ruling));
        }
    }
    apply(unreadable);
    return !rows.empty();
}

// Drafts what can be drafted; group keeps the drafted. A ruling: the whole queue has to wait.
std::optional<Ruling> Batch::drafts(Group& group) {
    _parts.step("draft");
    std::vector<store::OutboxChange> changes;
    Group ready;
    std::optional<Ruling> stopped;
    for (auto& item : group) {
        bool isReady = false;
        if (!stopped)
            stopped = draft(*item, changes, isReady);
        if (isReady || stopped)
            ready.push_back(std::move(item));
    }
    group = std::move(ready);
    apply(changes);
    return stopped;
}

std::optional<Ruling> Batch::draft(BatchItem& item, std::vector<store::OutboxChange>& changes,
                                   bool& isReady) {
    const auto project = _mappings.project(_organisation, item.finding.project);
    const auto known =
        project ? _parts.refusals.recall(_organisation, project->jiraProjectId, project->issueTypeId)
                : std::nullopt;
    if (known) {
        changes.push_back(parked(item, *known));
        return std::nullopt;
    }
    try {
        item.rendered =
            _parts.renderer.render(item.finding, item.row.dedupeLabel, item.amendments, _mappings, *_client);
        isReady = true;
    } catch (const mapping::MappingProblem& problem) {
        Ruling ruling;
        ruling.cause = "mapping/" + problem.cause() + "/" + item.finding.projectKey;
        ruling.message = problem.what();
        ruling.remedy = problem.remedy();
        park(item, ruling, changes);
    } catch (const jira::Refusal& refusal) {
        // Jira does not show us the project or the type: every finding of it would hear the same.
        item.rendered.project = *project;
        item.rendered.draft.projectId = project->jiraProjectId;
        item.rendered.draft.issueTypeId = project->issueTypeId;
        item.amendments.freshMetadata = true;
        Ruling ruling = ruleOnRefusal({refusal.status(), refusal.what(), refusal.remedy(), refusal.fields()},
                                      attempted(item));
        ruling.cause = "project/" + std::to_string(refusal.status()) + "/" + project->jiraProjectKey + "/" +
                       project->issueTypeId;
        ruling.configuration = true;
        park(item, ruling, changes);
    } catch (const jira::Error& problem) {
        return ruleOnProblem(problem, false);
    } catch (const store::StoreError&) {
        throw;
    } catch (const std::exception& problem) { // the host's, about this finding: the others do not wait for it
        changes.push_back(waiting(item, ruleOnHost(problem), _parts.nowMs() + hostPauseMs));
    }
    return std::nullopt;
}

void Batch::park(const BatchItem& item, const Ruling& ruling, std::vector<store::OutboxChange>& changes) {
    changes.push_back(parked(item, ruling));
    if (ruling.configuration && !item.rendered.draft.projectId.empty())
        _parts.refusals.remember(_organisation, item.rendered.draft.projectId,
                                 item.rendered.draft.issueTypeId, ruling);
    _parts.host.log.warning("A finding cannot become a ticket until somebody changes something.",
                            {{"organisation", _organisation},
                             {"finding", item.row.finding},
                             {"cause", ruling.cause},
                             {"reason", ruling.message}});
    _parts.host.metrics.add("jira_tickets_parked_total", 1);
}

void Batch::apply(const std::vector<store::OutboxChange>& changes) {
    if (changes.empty())
        return;
    for (const store::OutboxChange& change : changes)
        if (change.state == store::OutboxState::InDoubt)
            _parts.doubts.begin(_organisation, change.finding);
    const auto written = _parts.outbox.apply(_organisation, changes, _parts.nowMs());
    for (const store::OutboxChange& change : changes) {
        if (change.state != store::OutboxState::Created || written.count(change.finding) != 0)
            continue;
        const auto link = _parts.links.find(_organisation, change.finding);
        if (link && link->ticket.id != change.link->ticket.id)
            reportDouble(_parts, change.finding, *link, change.link->ticket);
    }
}

// The queue closes; what this batch still holds waits with it.
void Batch::halt(const Ruling& ruling) {
    const std::int64_t until = _parts.gate.close(_organisation, ruling);
    std::vector<store::OutboxChange> changes;
    for (const Group& group : _groups)
        for (const auto& item : group)
            changes.push_back(waiting(*item, ruling, until));
    _groups.clear();
    apply(changes);
}

// The worker stops: what was refused and is to be sent again is queued, what was not sent is free again.
void Batch::putBack() {
    std::vector<store::OutboxChange> changes;
    for (const Group& group : _groups)
        for (const auto& item : group)
            if (item->row.state == store::OutboxState::Sending)
                changes.push_back(queuedAgain(*item, _parts.nowMs()));
    apply(changes);
    if (!_groups.empty())
        _parts.outbox.release(_organisation, _lease);
}

} // namespace jira_plugin::push
