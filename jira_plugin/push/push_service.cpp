#include "push_service.hpp"

#include "dedupe_label.hpp"
#include "push_worker.hpp"
#include "snapshot.hpp"
#include "store/enqueue.hpp"

#include <stdexcept>

namespace jira_plugin::push {
namespace {

constexpr std::size_t mostFindings = 10'000;

Receipt receiptOf(const store::OutboxRow& row) {
    Receipt receipt;
    receipt.finding = row.finding;
    receipt.state = store::toPushState(row.state);
    receipt.sinceMs = row.stateSinceMs;
    receipt.message = row.message;
    receipt.remedy = row.remedy;
    return receipt;
}

Receipt refusedAsUnmapped(const host::Finding& finding) {
    Receipt receipt;
    receipt.finding = finding.id;
    receipt.state = host::PushState::Refused;
    receipt.message = "The project " + finding.projectKey + " is not mapped to a Jira project.";
    receipt.remedy =
        "Map it under Settings > Integrations > Jira > Project Mapping, then create the ticket again.";
    return receipt;
}

/// One request's way into the outbox, within its transaction.
class Intake {
public:
    Intake(PushParts& parts, const PushService::Request& request, Poco::Data::Session& session)
        : _parts(parts), _request(request), _mappings(parts.mappings),
          _enqueue(session, request.organisation), _nowMs(parts.nowMs()) {}

    Receipt take(const host::Finding& finding) {
        if (finding.organisation != _request.organisation)
            throw std::invalid_argument("The finding " + finding.id +
                                        " does not belong to the organisation " + _request.organisation +
                                        ".");
        if (const auto row = _enqueue.find(finding.id))
            return again(finding, *row);
        if (!_mappings.project(_request.organisation, finding.project))
            return refusedAsUnmapped(finding);
        const store::OutboxRow row = rowOf(finding);
        _enqueue.add(row, encodeSnapshot(finding));
        return receiptOf(row);
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

    Receipt again(const host::Finding& finding, const store::OutboxRow& row) {
        if (row.state != store::OutboxState::Parked || !_request.retryParked)
            return receiptOf(row);
        const store::OutboxRow renewed = rowOf(finding);
        _enqueue.renew(renewed, encodeSnapshot(finding));
        return receiptOf(renewed);
    }

    PushParts& _parts;
    const PushService::Request& _request;
    MappingMemo _mappings;
    store::Enqueue _enqueue;
    const std::int64_t _nowMs;
};

} // namespace

void PushService::request(const Request& request, const FindingSource& findings,
                          const ReceiptSink& receipts) {
    if (request.retryParked)
        forgetJira(request.organisation);
    std::vector<Receipt> taken = _parts.database.transaction([&](Poco::Data::Session& session) {
        std::vector<Receipt> result;
        Intake intake(_parts, request, session);
        while (const host::Finding* finding = findings()) {
            if (result.size() == mostFindings)
                throw std::invalid_argument("A request holds at most 10,000 findings.");
            result.push_back(intake.take(*finding));
        }
        return result;
    });
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
    auto next = findings.begin();
    this->request(
        request, [&]() -> const host::Finding* { return next == findings.end() ? nullptr : &*next++; },
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
