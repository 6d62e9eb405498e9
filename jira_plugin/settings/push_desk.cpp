#include "push_desk.hpp"

#include "push/dedupe_label.hpp"
#include "push/push_parts.hpp"
#include "push/push_service.hpp"
#include "push/push_worker.hpp"

namespace jira_plugin::settings {

using store::OutboxListing;

std::map<store::OutboxState, std::int64_t> OutboxDesk::counts(const std::string& organisation) {
    return _service.listing().counts(organisation);
}

std::vector<OutboxListing::CauseCount> OutboxDesk::causes(const std::string& organisation) {
    return _service.listing().causes(organisation);
}

OutboxListing::Listing OutboxDesk::list(const std::string& organisation,
                                        const OutboxListing::Filter& filter) {
    return _service.listing().list(organisation, filter);
}

std::optional<store::ListedPush> OutboxDesk::find(const std::string& organisation,
                                                  const std::string& finding) {
    auto row = _parts.outbox.find(organisation, finding);
    if (!row)
        return std::nullopt;
    return store::ListedPush{*std::move(row), _parts.links.find(organisation, finding)};
}

std::optional<store::Pause> OutboxDesk::pause(const std::string& organisation) {
    return _service.pause(organisation);
}

std::int64_t OutboxDesk::retry(const std::string& organisation, const Retry& which) {
    store::OutboxStore::Requeue requeue;
    if (!which.finding.empty())
        requeue.findings = {which.finding};
    requeue.project = which.project;
    requeue.cause = which.cause;
    // Somebody has changed something, here or in Jira: what was read before must not decide again.
    _parts.refusals.forget(organisation);
    _parts.metadata.drop(organisation);
    const std::int64_t count = _parts.outbox.requeue(organisation, requeue, _parts.nowMs());
    _worker.wake();
    return count;
}

push::Rendered OutboxDesk::render(const host::Finding& finding, push::MappingSource& mappings,
                                  jira::Client& client) {
    const std::string label = push::dedupeLabel(_parts.installationMarker, finding.organisation, finding.id);
    return _parts.renderer.render(finding, label, {}, mappings, client);
}

void OutboxDesk::resume(const std::string& organisation) {
    _parts.gate.reopen(organisation);
    _worker.wake();
}

std::int64_t OutboxDesk::ticketsElsewhere(const std::string& organisation, const std::string& system) {
    return _parts.links.countElsewhere(organisation, system);
}

push::Relinked OutboxDesk::relink(const std::string& organisation, const std::string& afterFinding,
                                  jira::Client& client) {
    auto relinked = push::relink(_parts, organisation, afterFinding, client);
    _worker.wake(); // it tells the host
    return relinked;
}

void OutboxDesk::mappingChanged(const std::string& organisation, const std::string& project) {
    _service.requeueForMapping(organisation, project);
}

} // namespace jira_plugin::settings
