#include "sync.hpp"

#include "occasion.hpp"

namespace jira_plugin::sync {
namespace {

// Well over the time during which Jira repeats a delivery.
constexpr std::int64_t keptMs = 7LL * 24 * 60 * 60 * 1000;

} // namespace

Sync::Sync(push::PushParts& parts, push::PushWorker& pushes, SettingsSource& settings, UpkeepParts& upkeep)
    : _parts(parts), _pushes(pushes),
      _webhooks(upkeep, [this](const std::string& organisation) { _upkeep.heard(organisation); }),
      _ownWrites(parts.database), _known(parts.database),
      _inward({parts.database, parts.connections, _ownWrites, settings, parts.host}),
      _outward(parts, pushes, settings, _inward), _upkeep(upkeep, _inward, _outward.outward(), _webhooks),
      _inbox(parts.database), _worker(parts, _inbox, _inward, _ownWrites, [this] { adopted(); }),
      _recentWebhooks(_webhooks, [this] { return _parts.nowMs(); }),
      _intake(_inbox, [this](const std::vector<InboxRow>& rows) { _worker.arrived(rows); }),
      _route(parts.host, _recentWebhooks, _intake, parts.recent) {
    _pushes.onProgress([this] { _outward.ticketsCame(); });
}

void Sync::adopted() {
    _pushes.wake(); // it tells the host
    _outward.ticketsCame();
}

void Sync::start() {
    _outward.start();
    _worker.start();
    _upkeep.start();
    _intake.start();
}

void Sync::stop(const std::function<void()>& cut) {
    _intake.stop();
    _upkeep.stop(std::chrono::seconds(2), cut);
    _worker.stop(std::chrono::seconds(2), cut);
    _outward.stop(cut);
}

void Sync::connectionChanged(const std::string& organisation) {
    _recentWebhooks.forget();
    _worker.connectionChanged(organisation);
    _outward.connectionChanged();
    _upkeep.connectionChanged(organisation);
}

// What somebody else decided is not the ticket's verdict any more.
void Sync::findingChanged(const host::FindingChange& change) {
    if (change.statusChanged && change.actor != ownActor)
        _known.setVerdict(change.finding.organisation, change.finding.id, std::nullopt);
    _outward.outward().findingChanged(change);
}

void Sync::maintain() {
    _inbox.forget(_parts.nowMs() - keptMs);
}

} // namespace jira_plugin::sync
