#include "handovers.hpp"

#include "cloud_authorization.hpp"
#include "context.hpp"
#include "jira/errors.hpp"

namespace jira_plugin::connection {

const char* toString(HandoverState state) {
    switch (state) {
    case HandoverState::ChoosingSite:
        return "choosing_site";
    case HandoverState::Done:
        return "done";
    case HandoverState::Open:
        break;
    }
    return "open";
}

bool Handovers::isNeeded(const Handover& handover) {
    const auto present = _context.connections.load(handover.organisation);
    return (present ? present->connectedAtMs : 0) == handover.seenConnectedAtMs;
}

std::vector<Site> Handovers::waitingSites(const Handover& handover) {
    if (handover.claimedBy.empty() || handover.doneAtMs != 0) {
        return {};
    }
    const auto pending = _context.pending.load(handover.organisation, handover.claimedBy, _context.nowMs());
    return pending && pending->handover == handover.digest ? pending->sites : std::vector<Site>();
}

HandoverStatus Handovers::statusOf(const Handover& handover) {
    HandoverStatus status;
    status.createdAtMs = handover.createdAtMs;
    status.expiresAtMs = handover.expiresAtMs;
    status.createdBy = handover.createdBy;
    if (handover.doneAtMs != 0) {
        status.state = HandoverState::Done;
        status.doneBy = handover.claimedBy;
    } else if (!waitingSites(handover).empty()) {
        status.state = HandoverState::ChoosingSite;
    }
    return status;
}

HandoverLink Handovers::create(const std::string& organisation, const std::string& admin) {
    if (!_context.app().isConfigured()) {
        throw jira::NotConfigured(notConfiguredMessage, notConfiguredRemedy);
    }
    const auto present = _context.connections.load(organisation);
    const std::int64_t now = _context.nowMs();
    const std::string token =
        _context.handovers.issue(organisation, admin, present ? present->connectedAtMs : 0, now);
    _context.services.audit.record(organisation, admin, "jira.handover.created", "", "");
    _context.services.alerts.clear(organisation, handoverAlert);
    return {token, now + HandoverStore::lifetimeMs};
}

bool Handovers::revoke(const std::string& organisation, const std::string& admin) {
    if (!_context.handovers.remove(organisation)) {
        return false;
    }
    _context.services.audit.record(organisation, admin, "jira.handover.revoked", "", "");
    _context.services.alerts.clear(organisation, handoverAlert);
    return true;
}

std::optional<HandoverStatus> Handovers::status(const std::string& organisation) {
    const auto handover = _context.handovers.load(organisation);
    if (!handover) {
        return std::nullopt;
    }
    if (handover->doneAtMs != 0) {
        _context.services.alerts.clear(organisation, handoverAlert);
        return statusOf(*handover);
    }
    const bool useful = handover->expiresAtMs > _context.nowMs() && isNeeded(*handover);
    return useful ? std::optional<HandoverStatus>(statusOf(*handover)) : std::nullopt;
}

HandoverCheck Handovers::check(const std::optional<Handover>& handover, const std::string& user) {
    if (!handover) {
        return HandoverCheck::Unknown;
    }
    if (handover->doneAtMs != 0) {
        return HandoverCheck::Done;
    }
    if (!isNeeded(*handover)) {
        return HandoverCheck::NotNeeded;
    }
    if (handover->expiresAtMs <= _context.nowMs()) {
        return HandoverCheck::Expired;
    }
    const bool free = handover->claimedBy.empty() || handover->claimedBy == user;
    return free ? HandoverCheck::Good : HandoverCheck::Taken;
}

HandoverView Handovers::look(const std::string& organisation, const std::string& user,
                             const std::string& token) {
    const auto handover = _context.handovers.find(organisation, token);
    HandoverView view;
    view.check = check(handover, user);
    const bool finished = view.check == HandoverCheck::Done && handover->claimedBy == user;
    if (view.check == HandoverCheck::Good || finished) {
        view.status = statusOf(*handover);
        view.sites = waitingSites(*handover);
    }
    return view;
}

Handovers::Begun Handovers::begin(const std::string& organisation, const std::string& user,
                                  const std::string& token) {
    if (!_context.app().isConfigured()) {
        throw jira::NotConfigured(notConfiguredMessage, notConfiguredRemedy);
    }
    auto handover = _context.handovers.find(organisation, token);
    HandoverCheck found = check(handover, user);
    if (found == HandoverCheck::Good && !_context.handovers.claim(*handover, user, _context.nowMs())) {
        handover = _context.handovers.find(organisation, token); // somebody was faster: say what they did
        found = check(handover, user);
    }
    if (found != HandoverCheck::Good) {
        return {found, {}};
    }
    return {found, _authorization.beginHandedOver(*handover, user)};
}

Handovers::Chosen Handovers::chooseSite(const std::string& organisation, const std::string& user,
                                        const std::string& token, const std::string& siteId, bool confirmed) {
    const auto handover = _context.handovers.find(organisation, token);
    const HandoverCheck found = check(handover, user);
    if (found != HandoverCheck::Good) {
        return {found, {}};
    }
    const auto pending = _context.pending.load(organisation, user, _context.nowMs());
    if (!pending || pending->handover != handover->digest) {
        return {found, authResult(AuthOutcome::NothingPending)};
    }
    return {found, _authorization.chooseSite(organisation, user, siteId, confirmed)};
}

} // namespace jira_plugin::connection
