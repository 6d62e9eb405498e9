#include "push_service.hpp"

#include "dedupe_label.hpp"
#include "push_worker.hpp"
#include "snapshot.hpp"
#include "store/enqueue.hpp"

#include <stdexcept>

namespace jira_plugin::push {
namespace {

constexpr std::size_t mostFindings = 10'000;
constexpr std::size_t portionSize = 100;

Receipt receiptOf(const store::OutboxRow& row) {
    Receipt receipt;
    receipt.finding = row.finding;
    receipt.state = store::toPushState(row.state);
    receipt.sinceMs = row.stateSinceMs;
    receipt.message = row.message;
    receipt.remedy = row.remedy;
    return receipt;
}

Receipt refusedAsUnmapped(const std::string& finding, const std::string& projectKey) {
    Receipt receipt;
    receipt.finding = finding;
    receipt.state = host::PushState::Refused;
    receipt.message = "The project " + projectKey + " is not mapped to a Jira project.";
    receipt.remedy =
        "Map it under Settings > Integrations > Jira > Project Mapping, then create the ticket again.";
    return receipt;
}

/// One request's way into the outbox, within its transaction: a portion of findings at a time.
class Intake {
public:
    Intake(PushParts& parts, const PushService::Request& request, Poco::Data::Session& session)
        : _parts(parts), _request(request), _session(session), _mappings(parts.mappings),
          _nowMs(parts.nowMs()) {}

    void take(const host::Finding& finding) {
        if (finding.organisation != _request.organisation)
            throw std::invalid_argument("The finding " + finding.id +
                                        " does not belong to the organisation " + _request.organisation +
                                        ".");
        if (_receipts.size() + _portion.size() == mostFindings)
            throw std::invalid_argument("A request holds at most 10,000 findings.");
        _portion.push_back({rowOf(finding), encodeSnapshot(finding)});
        _projectKeys.push_back(finding.projectKey);
        if (_portion.size() == portionSize)
            store();
    }

    std::vector<Receipt> finish() && {
        store();
        return std::move(_receipts);
    }

private:
    store::OutboxRow rowOf(const host::Finding& finding) const {
        store::OutboxRow row;
        row.organisation = _request.organisation;
        row.finding = finding.id;
        row.project = finding.project;
        row.severity = finding.severity;
        row.title = finding.title;
        row.stateSinceMs = row.dueAtMs = row.enqueuedAtMs = _nowMs;
        row.dedupeLabel = dedupeLabel(_parts.installationMarker, _request.organisation, finding.id);
        row.requestedBy = _request.requestedBy;
        return row;
    }

    void store() {
        std::vector<std::string> findings;
        for (const store::NewRow& each : _portion)
            findings.push_back(each.row.finding);
        auto known = store::findRows(_session, _request.organisation, findings);
        std::vector<store::NewRow> added;
        for (std::size_t i = 0; i < _portion.size(); ++i) {
            store::NewRow& each = _portion[i];
            if (const auto row = known.find(each.row.finding); row != known.end()) {
                again(each, row->second);
            } else if (!_mappings.project(_request.organisation, each.row.project)) {
                _receipts.push_back(refusedAsUnmapped(each.row.finding, _projectKeys[i]));
            } else {
                _receipts.push_back(receiptOf(each.row));
                known.emplace(each.row.finding, each.row);
                added.push_back(std::move(each));
            }
        }
        store::addRows(_session, _request.organisation, added);
        _portion.clear();
        _projectKeys.clear();
    }

    void again(const store::NewRow& now, store::OutboxRow& row) {
        if (row.state == store::OutboxState::Parked && _request.retryParked) {
            store::renewRow(_session, _request.organisation, now);
            row = now.row;
        }
        _receipts.push_back(receiptOf(row));
    }

    PushParts& _parts;
    const PushService::Request& _request;
    Poco::Data::Session& _session;
    MappingMemo _mappings;
    const std::int64_t _nowMs;
    std::vector<store::NewRow> _portion;
    std::vector<std::string> _projectKeys; ///< of the portion
    std::vector<Receipt> _receipts;
};

} // namespace

void PushService::request(const Request& request, const FindingSource& findings,
                          const ReceiptSink& receipts) {
    if (request.retryParked)
        forgetJira(request.organisation);
    const auto take = [&](Poco::Data::Session& session) {
        Intake intake(_parts, request, session);
        for (std::size_t i = 0; const host::Finding* finding = findings(i); ++i)
            intake.take(*finding);
        return std::move(intake).finish();
    };
    std::vector<Receipt> taken = _parts.database.transaction(take, store::Flush::Yes, store::Isolation::Rows);
    _worker.wake();
    for (Receipt& receipt : taken) {
        if (receipt.state == host::PushState::Created)
            if (const auto link = _parts.links.find(request.organisation, receipt.finding))
                receipt.ticket = link->ticket;
        receipts(receipt);
    }
    _parts.host.metrics.add("jira_push_requested_total", static_cast<double>(taken.size()));
}

std::vector<Receipt> PushService::request(const Request& request,
                                          const std::vector<host::Finding>& findings) {
    std::vector<Receipt> receipts;
    this->request(
        request, [&](std::size_t index) { return index < findings.size() ? &findings[index] : nullptr; },
        [&](const Receipt& receipt) { receipts.push_back(receipt); });
    return receipts;
}

Receipt PushService::state(const std::string& organisation, const std::string& finding) {
    const auto row = _parts.outbox.find(organisation, finding);
    if (!row) {
        Receipt none;
        none.finding = finding;
        return none;
    }
    Receipt receipt = receiptOf(*row);
    if (row->state == store::OutboxState::Created) {
        if (const auto link = _parts.links.find(organisation, finding))
            receipt.ticket = link->ticket;
    } else if (row->state == store::OutboxState::Queued) {
        // Only what was on its way is told of a pause; what is behind it in the queue waits all the same.
        if (const auto pause = _parts.gate.closed(organisation)) {
            receipt.state = host::PushState::Waiting;
            receipt.message = pause->message;
            receipt.remedy = pause->remedy;
        }
    }
    return receipt;
}

// Somebody has changed something, here or in Jira: what was read before the change must not decide again.
void PushService::forgetJira(const std::string& organisation) {
    _parts.refusals.forget(organisation);
    _parts.metadata.drop(organisation);
}

std::int64_t PushService::requeue(const std::string& organisation, const store::OutboxStore::Requeue& which) {
    forgetJira(organisation);
    const std::int64_t count = _parts.outbox.requeue(organisation, which, _parts.nowMs());
    if (count > 0)
        _worker.wake();
    return count;
}

bool PushService::retry(const std::string& organisation, const std::string& finding) {
    store::OutboxStore::Requeue which;
    which.findings = {finding};
    return requeue(organisation, which) > 0;
}

std::int64_t PushService::retryCause(const std::string& organisation, const std::string& cause) {
    store::OutboxStore::Requeue which;
    which.cause = cause;
    return cause.empty() ? 0 : requeue(organisation, which);
}

std::int64_t PushService::retryAll(const std::string& organisation) {
    return requeue(organisation, {});
}

std::int64_t PushService::requeueForMapping(const std::string& organisation, const std::string& project) {
    store::OutboxStore::Requeue which;
    which.project = project;
    which.causePrefixes.assign(std::begin(mappingCauses), std::end(mappingCauses));
    return requeue(organisation, which);
}

} // namespace jira_plugin::push
