#include "doubt_resolver.hpp"

#include "backoff.hpp"
#include "batch.hpp"
#include "doubles.hpp"
#include "jira/errors.hpp"
#include "notes.hpp"
#include "store/clock_set_back.hpp"
#include "store/hand_link_store.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

constexpr std::int64_t refusedPauseMs = 300'000;

store::OutboxChange change(const store::OutboxRow& row, store::OutboxState state) {
    store::OutboxChange result;
    result.finding = row.finding;
    result.revision = row.revision;
    result.state = state;
    return result;
}

} // namespace

bool DoubtResolver::run(const std::string& organisation) {
    if (_parts.gate.closed(organisation))
        return false;
    const Moment now{_parts.nowMs(), _parts.doubts.now()};
    const auto rows = _parts.outbox.inDoubt(organisation, now.ms, batchSize);
    if (rows.empty())
        return false;
    _parts.step("look up");
    try {
        const auto client = _parts.connections.client(organisation);
        settle(organisation, *client, rows, search(*client, rows), now);
        _parts.gate.succeeded(organisation);
        return true;
    } catch (const jira::Refusal& refusal) {
        postpone(organisation, rows, refusedPauseMs, refusal.what());
    } catch (const jira::Error& problem) {
        Ruling ruling = ruleOnProblem(problem, false);
        _parts.gate.close(organisation, ruling);
    }
    return false;
}

bool DoubtResolver::adopt(const std::string& organisation, jira::Client& client, const jira::Issue& issue) {
    store::HandLinkStore links(_parts.database);
    for (const std::string& label : issue.labels)
        for (const store::OutboxRow& row : _parts.outbox.labelled(organisation, label))
            if (row.state == store::OutboxState::InDoubt && row.sentLabelled &&
                row.sentSystem == client.system() && row.sentProject == issue.projectId &&
                !links.isFormer(organisation, client.system(), row.finding, issue.id)) {
                settle(organisation, client, {row}, {{label, {issue}}},
                       {_parts.nowMs(), _parts.doubts.now()});
                return true;
            }
    return false;
}

DoubtResolver::Found DoubtResolver::search(jira::Client& client, const std::vector<store::OutboxRow>& rows) {
    std::vector<std::string> labels;
    for (const store::OutboxRow& row : rows)
        if (row.sentLabelled && row.sentSystem == client.system())
            labels.push_back(row.dedupeLabel);
    Found found;
    if (labels.empty())
        return found;
    _parts.host.metrics.add("jira_push_lookups_total", 1);
    for (const jira::Issue& issue : client.issuesWithLabels(labels))
        for (const std::string& label : issue.labels)
            found[label].push_back(issue);
    forgetFormers(client, rows, found);
    return found;
}

/// A ticket that the finding was parted from still carries its label, and is not the one that is looked for.
void DoubtResolver::forgetFormers(const jira::Client& client, const std::vector<store::OutboxRow>& rows,
                                  Found& found) {
    std::vector<std::string> findings;
    findings.reserve(rows.size());
    for (const store::OutboxRow& row : rows)
        findings.push_back(row.finding);
    store::HandLinkStore links(_parts.database);
    const auto formers = links.formers(rows.front().organisation, client.system(), findings);
    if (formers.empty())
        return;
    for (const store::OutboxRow& row : rows) {
        auto& issues = found[row.dedupeLabel];
        issues.erase(std::remove_if(issues.begin(), issues.end(),
                                    [&](const jira::Issue& issue) {
                                        return formers.count(store::HandLinkStore::formerKey(row.finding,
                                                                                             issue.id)) != 0;
                                    }),
                     issues.end());
    }
}

void DoubtResolver::settle(const std::string& organisation, jira::Client& client,
                           const std::vector<store::OutboxRow>& rows, const Found& found, Moment lookedUpAt) {
    const std::int64_t lookedUpAtMs = lookedUpAt.ms;
    std::vector<store::OutboxChange> changes;
    std::vector<store::OutboxStore::Postponement> later;
    std::vector<std::pair<store::TicketLink, jira::Issue>> doubles;
    for (const store::OutboxRow& row : rows) {
        const auto issues = found.find(row.dedupeLabel);
        const DoubtRuling ruling = ruleOnDoubt(
            row, client.system(), issues == found.end() ? std::vector<jira::Issue>() : issues->second,
            std::min(lookedUpAtMs, row.sentAtMs + _parts.doubts.watchedMs(row, lookedUpAt.steady)),
            _parts.settings.settleMs);
        if (ruling.kind != DoubtRuling::Kind::LookAgain)
            _parts.doubts.forget(row);
        if (ruling.kind == DoubtRuling::Kind::LookAgain) {
            const bool isSetBack = row.sentAtMs > lookedUpAtMs + store::clockSetBackMs;
            const std::int64_t sentAt = isSetBack ? lookedUpAtMs : row.sentAtMs;
            later.push_back({row.finding, row.revision,
                             nextLookupMs(row.lookups + 1, sentAt, _parts.nowMs(), _parts.settings.settleMs),
                             sentAt});
        } else if (ruling.kind == DoubtRuling::Kind::Adopt) {
            changes.push_back(adopt(row, client, ruling));
            for (const jira::Issue& other : ruling.doubles)
                doubles.emplace_back(*changes.back().link, other);
        } else if (ruling.kind == DoubtRuling::Kind::Resend) {
            changes.push_back(change(row, store::OutboxState::Queued));
            changes.back().dueAtMs = _parts.nowMs();
        } else {
            changes.push_back(change(row, store::OutboxState::Parked));
            changes.back().cause = ruling.cause;
            changes.back().message = ruling.message;
            changes.back().remedy = ruling.remedy;
        }
    }
    _parts.step("settle doubt");
    if (!later.empty())
        _parts.outbox.postpone(organisation, later);
    if (!changes.empty())
        _parts.outbox.apply(organisation, changes, _parts.nowMs());
    for (const auto& [link, other] : doubles) {
        host::TicketRef ticket;
        ticket.key = other.key;
        ticket.id = other.id;
        ticket.url = client.browseUrl(other.key);
        reportDouble(_parts, link.finding, link, ticket);
    }
    _parts.host.log.info("Issues in doubt were looked up.",
                         {{"organisation", organisation},
                          {"settled", std::to_string(changes.size())},
                          {"still_in_doubt", std::to_string(later.size())}});
}

store::OutboxChange DoubtResolver::adopt(const store::OutboxRow& row, jira::Client& client,
                                         const DoubtRuling& ruling) const {
    auto result = change(row, store::OutboxState::Created);
    result.notes =
        row.notes + encodeNotes({{"jira.doubt", "Jira's answer to the creation of " + ruling.issue.key +
                                                    " was lost; the ticket was found by its label."}});
    store::TicketLink link;
    link.organisation = row.organisation;
    link.finding = row.finding;
    link.createdAtMs = _parts.nowMs();
    link.ticket.system = client.system();
    link.ticket.id = ruling.issue.id;
    link.ticket.key = ruling.issue.key;
    link.ticket.url = client.browseUrl(ruling.issue.key);
    link.ticket.status = ruling.issue.status;
    link.ticket.priority = ruling.issue.priority;
    link.ticket.assignee = ruling.issue.assignee;
    link.ticket.dueDate = ruling.issue.dueDate;
    link.ticket.labels = ruling.issue.labels;
    result.link = std::move(link);
    return result;
}

void DoubtResolver::postpone(const std::string& organisation, const std::vector<store::OutboxRow>& rows,
                             std::int64_t byMs, const std::string& reason) {
    std::vector<store::OutboxStore::Postponement> later;
    later.reserve(rows.size());
    for (const store::OutboxRow& row : rows)
        later.push_back({row.finding, row.revision, _parts.nowMs() + byMs, row.sentAtMs});
    _parts.outbox.postpone(organisation, later);
    _parts.host.log.warning("Jira refused to look up issues in doubt; they stay in doubt.",
                            {{"organisation", organisation}, {"reason", reason}});
}

} // namespace jira_plugin::push
