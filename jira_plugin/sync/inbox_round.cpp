#include "inbox_round.hpp"

#include "jira/errors.hpp"
#include "push/backoff.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t mostRows = 500;
constexpr std::size_t mostIssues = 100; // of one request
constexpr std::int64_t writingPauseMs = 1'000;
constexpr std::int64_t strangerPauseMs = 2'000;
// Longer than a request to create tickets takes; its leases are shorter.
constexpr std::int64_t strangerPatienceMs = std::int64_t{10} * 60'000;
// Reads may lag behind what was told: Data Center reads many issues from its index.
constexpr std::int64_t lagPauseMs = 1'000;
constexpr std::int64_t lagPatienceMs = 30'000;
// With the pauses between them, about half an hour.
constexpr std::int64_t mostTries = 10;

/// By whole seconds: some databases under Jira keep no more.
bool isOlder(std::int64_t readMs, std::int64_t toldMs) {
    return readMs / 1000 < toldMs / 1000;
}

void append(InboxStore::Deliveries& all, const InboxStore::Deliveries& some) {
    all.insert(all.end(), some.begin(), some.end());
}

/// A lease for a scope: what is not settled at its end is free again.
class Lease {
public:
    Lease(push::PushParts& parts, InboxStore& inbox, const std::string& organisation)
        : _parts(parts), _inbox(inbox), _organisation(organisation), _owner(parts.leases.begin()) {}
    ~Lease() {
        try {
            _inbox.release(_organisation, _owner);
        } catch (const std::exception&) {
            // It ends by itself.
        }
        _parts.leases.end(_owner);
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    const std::string& owner() const { return _owner; }

private:
    push::PushParts& _parts;
    InboxStore& _inbox;
    const std::string& _organisation;
    const std::string _owner;
};

} // namespace

InboxRound::InboxRound(push::PushParts& parts, InboxStore& inbox, Inward& inward, OwnWrites& ownWrites,
                       std::function<void()> adopted)
    : _parts(parts), _inbox(inbox), _inward(inward), _ownWrites(ownWrites),
      _strangers(parts, std::move(adopted)) {}

bool InboxRound::run(const std::string& organisation) {
    if (_parts.gate.closed(organisation))
        return false;
    const Lease lease(_parts, _inbox, organisation);
    const std::int64_t now = _parts.nowMs();
    const auto rows = _inbox.claim(organisation, lease.owner(), now, now + _parts.settings.leaseMs, mostRows);
    if (rows.empty())
        return false;
    try {
        const auto client = _parts.connections.client(organisation);
        const Matters left = sort(matters(rows), organisation, client->system());
        for (std::size_t first = 0; first < left.size(); first += mostIssues) {
            const auto end =
                left.begin() + static_cast<std::ptrdiff_t>(std::min(first + mostIssues, left.size()));
            read(organisation, *client, Matters(left.begin() + static_cast<std::ptrdiff_t>(first), end));
        }
        return true;
    } catch (const jira::Error& problem) {
        // Jira cannot be asked at all: everything waits, nothing counts as tried.
        _parts.gate.close(organisation, push::ruleOnProblem(problem, false));
        return false;
    }
}

void InboxRound::add(Matter& matter, const InboxRow& row) {
    if (matter.deliveries.empty() || row.receivedAtMs < matter.firstReceivedMs)
        matter.firstReceivedMs = row.receivedAtMs;
    matter.deliveries.push_back(row.delivery);
    matter.concernsComments = matter.concernsComments || row.concernsComments;
    matter.saysDeleted = matter.saysDeleted || row.isDeletion;
    matter.isMarked = matter.isMarked || row.carriesMark;
    matter.isNews = matter.isNews || !row.isCreation;
    matter.updatedMs = std::max(matter.updatedMs, row.issueUpdatedMs);
    matter.tries = std::max(matter.tries, row.tries);
    // Who changed the status is who is named, the last one of them; else the last one to do anything.
    const bool isTurn = row.changesStatus || row.isDeletion;
    if (std::make_pair(isTurn, row.happenedAtMs) >= std::make_pair(matter.hintsAtTurn, matter.hint.atMs))
        matter.hint = {Hint::Source::Webhook, row.actor, row.happenedAtMs};
    matter.hintsAtTurn = matter.hintsAtTurn || isTurn;
}

InboxRound::Matters InboxRound::matters(const std::vector<InboxRow>& rows) {
    Matters all;
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (const InboxRow& row : rows) {
        const auto [place, isNew] = places.try_emplace({row.system, row.issueId}, all.size());
        if (isNew) {
            all.emplace_back();
            all.back().issue = {row.organisation, row.system, row.issueId};
        }
        add(all[place->second], row);
    }
    return all;
}

InboxRound::Matters InboxRound::sort(Matters all, const std::string& organisation,
                                     const std::string& system) {
    std::vector<std::string> ids;
    bool hasComments = false;
    for (const Matter& matter : all) {
        if (matter.issue.system == system)
            ids.push_back(matter.issue.id);
        hasComments = hasComments || matter.concernsComments;
    }
    // What Cloud tells of a comment names no labels: it may stand on a ticket that is not linked yet. Asked
    // first, because a link that is written meanwhile ends the wait for its answer.
    const bool mayBeOurs = hasComments && _parts.outbox.awaitsAnswers(organisation);
    const std::set<std::string> linked = _parts.links.linkedAmong(organisation, system, ids);
    Matters left;
    InboxStore::Deliveries idle;
    for (Matter& matter : all) {
        const bool isOfThisJira = matter.issue.system == system;
        matter.isLinked = isOfThisJira && linked.count(matter.issue.id) != 0;
        const bool isMarked = matter.isMarked || (mayBeOurs && matter.concernsComments);
        const bool concernsUs = matter.isLinked ? matter.isNews : isOfThisJira && isMarked;
        if (!concernsUs)
            append(idle, matter.deliveries);
        else if (_ownWrites.isWriting(matter.issue))
            later(matter, writingPauseMs);
        else
            left.push_back(std::move(matter));
    }
    if (!idle.empty())
        _inbox.drop(organisation, idle);
    return left;
}

void InboxRound::read(const std::string& organisation, jira::Client& client, const Matters& matters) {
    std::vector<std::string> ids;
    for (const Matter& matter : matters)
        ids.push_back(matter.issue.id);
    jira::FetchedIssues fetched;
    try {
        fetched = client.issueStates().fetch(ids);
    } catch (const jira::Refusal& refusal) {
        for (const Matter& matter : matters)
            fail(matter, "jira/" + std::to_string(refusal.status()), refusal.what(), refusal.remedy());
        return;
    }
    _parts.gate.succeeded(organisation);
    std::map<std::string, const jira::IssueState*> states;
    for (const jira::IssueState& state : fetched.issues)
        states[state.id] = &state;
    const std::set<std::string> missing(fetched.missing.begin(), fetched.missing.end());
    InboxStore::Deliveries applied;
    try {
        for (const Matter& matter : matters) {
            const auto state = states.find(matter.issue.id);
            apply(client, matter, state == states.end() ? nullptr : state->second,
                  missing.count(matter.issue.id) != 0, applied);
        }
    } catch (...) {
        _inbox.finish(organisation, applied);
        throw;
    }
    _inbox.finish(organisation, applied);
}

void InboxRound::apply(jira::Client& client, const Matter& matter, const jira::IssueState* now,
                       bool isMissing, InboxStore::Deliveries& applied) {
    const IssueId& issue = matter.issue;
    try {
        if (now == nullptr && !isMissing)
            return fail(matter, "jira/unreadable", "Jira's answer about the issue could not be read.",
                        "Try again later. If it stays so, send the support bundle to Mayo ASPM.");
        // What was read may be half of what we are writing.
        if (_ownWrites.isWriting(issue))
            return later(matter, writingPauseMs);
        if (now != nullptr && isOlder(now->updatedMs, matter.updatedMs) &&
            _parts.nowMs() - matter.firstReceivedMs < lagPatienceMs)
            return later(matter, lagPauseMs);
        if (matter.isLinked)
            applyLinked(matter, now);
        else if (now != nullptr)
            return meetStranger(client, matter, *now, applied);
        append(applied, matter.deliveries);
    } catch (const jira::Refusal& refusal) {
        fail(matter, "jira/" + std::to_string(refusal.status()), refusal.what(), refusal.remedy());
    } catch (const jira::Error&) {
        throw;
    } catch (const store::StoreError&) {
        throw;
    } catch (const std::exception& problem) {
        fail(matter, "host", problem.what(),
             "Look into the log of Mayo ASPM for the reason, then try this delivery again.");
    }
}

void InboxRound::applyLinked(const Matter& matter, const jira::IssueState* now) {
    if (now == nullptr) {
        _inward.applyGone(matter.issue, matter.saysDeleted ? Gone::Deleted : Gone::Hidden, matter.hint);
        return;
    }
    _inward.apply(matter.issue, *now, matter.hint);
    if (matter.concernsComments)
        _inward.applyComments(matter.issue, matter.hint);
}

void InboxRound::meetStranger(jira::Client& client, const Matter& matter, const jira::IssueState& now,
                              InboxStore::Deliveries& applied) {
    const std::string& organisation = matter.issue.organisation;
    switch (_strangers.meet(organisation, client, now)) {
    case Strangers::Meeting::Adopted:
        return later(matter, 0);
    case Strangers::Meeting::TooEarly:
        if (_parts.nowMs() - matter.firstReceivedMs < strangerPatienceMs)
            return later(matter, strangerPauseMs);
        [[fallthrough]];
    case Strangers::Meeting::Nothing:
        append(applied, matter.deliveries);
    }
}

void InboxRound::later(const Matter& matter, std::int64_t inMs) {
    _inbox.postpone(matter.issue.organisation, matter.deliveries, _parts.nowMs() + inMs, false);
}

// A refusal may pass as well (a permission is given back, an index catches up), so it is tried again, too.
void InboxRound::fail(const Matter& matter, const std::string& cause, const std::string& message,
                      const std::string& remedy) {
    const std::string& organisation = matter.issue.organisation;
    _parts.host.log.warning("What Jira told of an issue could not be applied.",
                            {{"organisation", organisation},
                             {"issue", matter.issue.id},
                             {"tries", std::to_string(matter.tries + 1)},
                             {"reason", message}});
    if (matter.tries + 1 >= mostTries) {
        _parts.host.metrics.add("jira_inbox_parked_total", static_cast<double>(matter.deliveries.size()));
        return _inbox.park(organisation, matter.deliveries, cause, message, remedy);
    }
    const std::int64_t pause = push::backoffMs(matter.tries + 1, 0, _parts.settings.random());
    _inbox.postpone(organisation, matter.deliveries, _parts.nowMs() + pause, true);
}

} // namespace jira_plugin::sync
