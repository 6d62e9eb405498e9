#include "batch.hpp"

#include "backoff.hpp"
#include "jira/errors.hpp"
#include "store/errors.hpp"

#include <algorithm>

/// The part of a batch that talks to Jira and understands the answer.
namespace jira_plugin::push {

std::optional<Ruling> Batch::send(Group group) {
    dropDoomed(group);
    if (group.empty())
        return std::nullopt;
    std::vector<jira::BulkElement> answers;
    try {
        const SendPermit permit(_permits, _organisation);
        if (!permit.isHeld()) {
            _groups.push_front(std::move(group));
            return std::nullopt;
        }
        if (!intend(group))
            return std::nullopt;
        requirePresence();
        _parts.step("send");
        answers = post(group);
        _parts.step("answer");
    } catch (const jira::Refusal& refusal) {
        if (group.size() > 1) {
            split(std::move(group));
            return std::nullopt;
        }
        answers = {{std::nullopt, refusal.status(), refusal.what(), refusal.remedy(), refusal.fields()}};
    } catch (const jira::Error& problem) {
        return settleFailed(group, problem);
    }
    return settle(group, answers);
}

/// Writes that these are about to be sent. Keeps those that nobody else has taken meanwhile.
bool Batch::intend(Group& group) {
    _parts.step("intend");
    std::vector<store::OutboxStore::Sending> rows;
    for (const auto& item : group) {
        const auto& labels = item->rendered.draft.labels;
        const bool isLabelled =
            std::find(labels.begin(), labels.end(), item->row.dedupeLabel) != labels.end();
        rows.push_back({item->row.finding, item->row.revision, item->rendered.draft.projectId, isLabelled});
    }
    const std::int64_t now = _parts.nowMs();
    const auto ours = _parts.outbox.markSending(_organisation, _lease, _client->system(), rows, now,
                                                now + _parts.settings.leaseMs);
    const auto taken = [&](const auto& item) { return ours.count(item->row.finding) == 0; };
    group.erase(std::remove_if(group.begin(), group.end(), taken), group.end());
    for (const auto& item : group) {
        item->row.state = store::OutboxState::Sending;
        item->row.revision += 1;
        item->row.attempts += 1;
        item->row.sentAtMs = now;
    }
    return !group.empty();
}

// Hosts that no longer hear of this one look its tickets up and send them again: it must not send them as
// well.
void Batch::requirePresence() const {
    if (!_parts.database.isPresentFor(0))
        throw store::StoreError("This host has lost touch with the database that it shares.",
                                "Nothing to do: other hosts take over what it was about to send.");
}

namespace {

/// The drafts of a group side by side, for as long as this lives: they are large, and their items have them
/// back afterwards.
struct LentDrafts {
    explicit LentDrafts(const std::vector<std::unique_ptr<BatchItem>>& group) : owners(group) {
        drafts.reserve(group.size());
        for (const auto& item : group)
            drafts.push_back(std::move(item->rendered.draft));
    }
    ~LentDrafts() {
        for (std::size_t i = 0; i < drafts.size(); ++i)
            owners[i]->rendered.draft = std::move(drafts[i]);
    }
    LentDrafts(const LentDrafts&) = delete;
    LentDrafts& operator=(const LentDrafts&) = delete;

    const std::vector<std::unique_ptr<BatchItem>>& owners;
    std::vector<mapping::TicketDraft> drafts;
};

} // namespace

std::vector<jira::BulkElement> Batch::post(const Group& group) {
    _parts.host.metrics.add("jira_push_requests_total", 1);
    if (group.size() == 1) {
        jira::BulkElement element;
        element.issue = _client->createIssue(group.front()->rendered.draft);
        return {element};
    }
    const LentDrafts lent(group);
    auto answers = _client->createIssues(lent.drafts);
    if (answers.size() != group.size())
        throw jira::UnknownOutcome(
            "Jira's answer to a bulk creation does not fit the request: " + std::to_string(answers.size()) +
                " outcomes for " + std::to_string(group.size()) + " issues.",
            "Nothing needs to be done: the tickets are looked up by their labels.");
    return answers;
}

std::optional<Ruling> Batch::settle(Group& group, const std::vector<jira::BulkElement>& answers) {
    std::vector<store::OutboxChange> changes;
    std::optional<Ruling> stopped;
    Group again;
    std::int64_t tickets = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (const auto& issue = answers[i].issue) {
            changes.push_back(created(*group[i], _client->system(), *issue, _client->browseUrl(issue->key),
                                      _parts.nowMs()));
            ++tickets;
        } else if (auto ruling = settleRefused(group[i], answers[i], changes, again)) {
            stopped = ruling;
        }
    }
    apply(changes);
    for (const auto& answer : answers)
        if (answer.issue)
            _parts.recent.add(_client->system(), answer.issue->id);
    if (!again.empty())
        _groups.push_front(std::move(again));
    if (tickets > 0) {
        _parts.host.metrics.add("jira_tickets_created_total", static_cast<double>(tickets));
        _parts.host.log.info("Tickets were created.",
                             {{"organisation", _organisation}, {"tickets", std::to_string(tickets)}});
    }
    return stopped;
}

std::optional<Ruling> Batch::settleRefused(std::unique_ptr<BatchItem>& item, const jira::BulkElement& answer,
                                           std::vector<store::OutboxChange>& changes, Group& again) {
    const RefusalFacts facts{answer.status, answer.message, answer.remedy, answer.fields};
    const Ruling ruling = ruleOnRefusal(facts, attempted(*item));
    switch (ruling.next) {
    case Next::Park:
        park(*item, ruling, changes);
        return std::nullopt;
    case Next::Doubt:
        changes.push_back(doubtful(*item, ruling, firstLookupMs()));
        return std::nullopt;
    case Next::Wait:
    case Next::AwaitConnection:
        again.push_back(std::move(item)); // it waits with the rest of the batch
        return ruling;
    default:
        return amend(item, facts, ruling, changes, again);
    }
}

std::optional<Ruling> Batch::amend(std::unique_ptr<BatchItem>& item, const RefusalFacts& facts,
                                   const Ruling& ruling, std::vector<store::OutboxChange>& changes,
                                   Group& again) {
    Amendments& amendments = item->amendments;
    const std::string before = _client->renderCreate(item->rendered.draft);
    if (ruling.next == Next::AmendAssignee) {
        amendments.withoutAssignee = true;
        amendments.notes.push_back({"jira.assignee", "The ticket has no assignee: Jira refused " +
                                                         item->rendered.shown.assignee + ". " +
                                                         ruling.message});
    } else if (ruling.next == Next::AmendDescription) {
        amendments.plainDescription = true;
        amendments.notes.push_back(
            {"jira.description", "The ticket's description is plain text: Jira refused the "
                                 "formatted one. " +
                                     ruling.message});
    } else {
        amendments.freshMetadata = true;
        const auto& draft = item->rendered.draft;
        if (_refreshed.insert({draft.projectId, draft.issueTypeId}).second)
            _parts.metadata.dropScreen(_organisation, draft.projectId, draft.issueTypeId);
    }
    bool isReady = false;
    const auto stopped = this->draft(*item, changes, isReady);
    if (isReady && _client->renderCreate(item->rendered.draft) == before)
        park(*item, ruleOnRefusal(facts, attempted(*item)), changes);
    else if (isReady || stopped)
        again.push_back(std::move(item));
    return stopped;
}

// No answer to the request as a whole. What may have been created is in doubt, and the queue pauses: a Jira
// that loses answers gets better with time, not with more requests.
std::optional<Ruling> Batch::settleFailed(Group& group, const jira::Error& problem) {
    Ruling ruling = ruleOnProblem(problem, true);
    if (ruling.next != Next::Doubt) {
        _groups.push_front(std::move(group));
        return ruling;
    }
    std::vector<store::OutboxChange> changes;
    for (const auto& item : group)
        changes.push_back(doubtful(*item, ruling, firstLookupMs()));
    apply(changes);
    _parts.host.metrics.add("jira_tickets_in_doubt_total", static_cast<double>(group.size()));
    ruling.next = Next::Wait;
    ruling.cause = "busy";
    return ruling;
}

std::int64_t Batch::firstLookupMs() const {
    const std::int64_t now = _parts.nowMs();
    return nextLookupMs(0, now, now, _parts.settings.settleMs);
}

// A request that was refused as a whole says nothing about its elements: halves find the culprit.
void Batch::split(Group group) {
    const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
    Group second(std::make_move_iterator(middle), std::make_move_iterator(group.end()));
    group.erase(middle, group.end());
    _groups.push_front(std::move(second));
    _groups.push_front(std::move(group));
}

void Batch::dropDoomed(Group& group) {
    std::vector<store::OutboxChange> changes;
    Group alive;
    for (auto& item : group) {
        const auto& draft = item->rendered.draft;
        if (const auto ruling = _parts.refusals.recall(_organisation, draft.projectId, draft.issueTypeId))
            changes.push_back(parked(*item, *ruling));
        else
            alive.push_back(std::move(item));
    }
    group = std::move(alive);
    apply(changes);
}

} // namespace jira_plugin::push
