#include "cloud_authorization.hpp"

#include "context.hpp"
#include "handovers.hpp"
#include "jira/cloud_client.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "kill_point.hpp"

#include <algorithm>

namespace jira_plugin::connection {
namespace {

/// The token of a grant that is not stored yet.
class GrantToken : public jira::TokenSource {
public:
    explicit GrantToken(Secret token) : _token(std::move(token)) {}
    std::string token() override { return _token.reveal(); }
    std::string tokenAfter(const std::string& /*refused*/) override { return _token.reveal(); }
    void giveUp(const std::string& /*message*/, const std::string& /*remedy*/) override {}

private:
    Secret _token;
};

std::string parameter(const std::map<std::string, std::string>& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::string namesOf(const std::vector<Site>& sites) {
    std::string names;
    for (const auto& site : sites) {
        names += (names.empty() ? "" : ", ") + site.name;
    }
    return names;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// What is missing of a grant as such, before any site is looked at.
std::string missingOf(const Grant& grant) {
    std::string missing = grant.scopes.empty() ? std::string() : missingScopes(grant.scopes);
    if (grant.refreshToken.empty()) {
        missing += (missing.empty() ? "" : ", ") + std::string("offline_access");
    }
    return missing;
}

AuthOutcome outcomeOf(StateCheck check) {
    switch (check) {
    case StateCheck::Expired:
        return AuthOutcome::StateExpired;
    case StateCheck::Used:
        return AuthOutcome::StateUsed;
    case StateCheck::OtherUser:
        return AuthOutcome::StateOfAnother;
    case StateCheck::Unknown:
    case StateCheck::Valid:
        break;
    }
    return AuthOutcome::StateUnknown;
}

std::string auditDetail(const ConnectionRecord& record, const std::string& handedOverBy) {
    Poco::JSON::Object detail;
    if (!handedOverBy.empty()) {
        detail.set("handedOverBy", handedOverBy);
    }
    detail.set("site", record.siteUrl);
    detail.set("siteId", record.siteId);
    detail.set("account", record.accountName);
    detail.set("scopes", record.scopes);
    return jira::json::write(detail);
}

} // namespace

std::string CloudAuthorization::begin(const std::string& organisation, const std::string& user) {
    const auto present = _context.connections.load(organisation);
    return begin(organisation, user, present ? present->connectedAtMs : 0, {});
}

std::string CloudAuthorization::beginHandedOver(const Handover& handover, const std::string& user) {
    return begin(handover.organisation, user, handover.seenConnectedAtMs, handover.digest);
}

std::string CloudAuthorization::begin(const std::string& organisation, const std::string& user,
                                      std::int64_t seenConnectedAtMs, const std::string& handover) {
    const CloudApp app = _context.app();
    if (!app.isConfigured()) {
        throw jira::NotConfigured(notConfiguredMessage, notConfiguredRemedy);
    }
    return authorizeUrl(
        app, _context.states.issue(organisation, user, seenConnectedAtMs, handover, _context.nowMs()));
}

AuthResult CloudAuthorization::finish(const std::string& organisation, const std::string& user,
                                      const std::map<std::string, std::string>& query) {
    const std::string state = parameter(query, "state");
    if (state.empty()) {
        return authResult(AuthOutcome::StateMissing);
    }
    const RedeemedState redeemed = _context.states.redeem(state, organisation, user, _context.nowMs());
    AuthResult result = afterReturn(organisation, user, query, redeemed);
    result.handedOver = !redeemed.handover.empty();
    return result;
}

AuthResult CloudAuthorization::afterReturn(const std::string& organisation, const std::string& user,
                                           const std::map<std::string, std::string>& query,
                                           const RedeemedState& redeemed) {
    if (redeemed.check != StateCheck::Valid) {
        return authResult(outcomeOf(redeemed.check));
    }
    const std::string error = parameter(query, "error");
    if (error == "access_denied") {
        return authResult(AuthOutcome::Denied);
    }
    if (!error.empty()) {
        const std::string description = parameter(query, "error_description");
        return authResult(AuthOutcome::ProviderError,
                          error + (description.empty() ? "" : ", " + description));
    }
    const std::string code = parameter(query, "code");
    if (code.empty()) {
        return authResult(AuthOutcome::StateMissing);
    }
    if (!redeemed.handover.empty() && !isUsable(organisation, user, redeemed.handover)) {
        return authResult(AuthOutcome::HandoverEnded); // no grant is fetched that nobody may use
    }
    return afterConsent(organisation, user, code, redeemed);
}

bool CloudAuthorization::isUsable(const std::string& organisation, const std::string& user,
                                  const std::string& handover) {
    const auto link = _context.handovers.load(organisation);
    return link && link->digest == handover && link->claimedBy == user && link->doneAtMs == 0 &&
           link->expiresAtMs > _context.nowMs();
}

AuthResult CloudAuthorization::afterConsent(const std::string& organisation, const std::string& user,
                                            const std::string& code, const RedeemedState& redeemed) {
    const CloudApp app = _context.app();
    if (!app.isConfigured()) {
        return authResult(AuthOutcome::NotConfigured);
    }
    PendingGrant pending;
    pending.grantedAtMs = _context.nowMs();
    pending.seenConnectedAtMs = redeemed.seenConnectedAtMs;
    pending.handover = redeemed.handover;
    TokenAnswer answer = _context.oauth.exchange(app, code);
    killPoint("connect.granted");
    const bool failed =
        answer.kind != TokenAnswer::Kind::Granted && answer.kind != TokenAnswer::Kind::ClientRefused;
    if (failed && !answer.clocks.empty()) {
        return authResult(AuthOutcome::ClockSkew, answer.clocks);
    }
    switch (answer.kind) {
    case TokenAnswer::Kind::GrantRefused:
        return authResult(AuthOutcome::CodeRefused, answer.words);
    case TokenAnswer::Kind::ClientRefused:
        return authResult(AuthOutcome::ClientRefused, answer.words);
    case TokenAnswer::Kind::Later:
    case TokenAnswer::Kind::Unreadable:
        return authResult(AuthOutcome::Unreachable, answer.words);
    case TokenAnswer::Kind::Granted:
        break;
    }
    pending.grant = std::move(answer.grant);
    const std::string missing = missingOf(pending.grant);
    if (!missing.empty()) {
        return authResult(AuthOutcome::ScopesMissing, missing);
    }
    try {
        pending.sites = _context.oauth.sites(app, pending.grant.accessToken);
    } catch (const jira::ReconnectNeeded&) {
        return authResult(AuthOutcome::NoSite);
    } catch (const jira::Refusal&) {
        return authResult(AuthOutcome::NoSite);
    } catch (const jira::Error& error) {
        return authResult(AuthOutcome::Unreachable, error.what());
    }
    return pickSite(organisation, user, pending);
}

std::string CloudAuthorization::previousSite(const std::string& organisation) {
    const auto record = _context.connections.load(organisation);
    return record ? record->siteId : std::string();
}

AuthResult CloudAuthorization::ask(AuthOutcome outcome, const std::string& organisation,
                                   const PendingGrant& pending) {
    AuthResult result = authResult(outcome, namesOf(pending.sites));
    result.sites = pending.sites;
    result.previousSiteId = previousSite(organisation);
    return result;
}

AuthResult CloudAuthorization::pickSite(const std::string& organisation, const std::string& user,
                                        const PendingGrant& pending) {
    if (pending.sites.empty()) {
        return authResult(AuthOutcome::NoSite);
    }
    const std::string previous = previousSite(organisation);
    const bool another = !previous.empty() && pending.sites[0].id != previous;
    if (pending.sites.size() == 1 && !another) {
        return connect(organisation, user, pending, pending.sites[0]);
    }
    _context.pending.save(organisation, user, pending, _context.nowMs());
    return ask(pending.sites.size() > 1 ? AuthOutcome::ChooseSite : AuthOutcome::ConfirmOtherSite,
               organisation, pending);
}

AuthResult CloudAuthorization::chooseSite(const std::string& organisation, const std::string& user,
                                          const std::string& siteId, bool confirmed) {
    auto pending = _context.pending.load(organisation, user, _context.nowMs());
    if (!pending) {
        return authResult(AuthOutcome::NothingPending);
    }
    const auto site = std::find_if(pending->sites.begin(), pending->sites.end(),
                                   [&siteId](const Site& candidate) { return candidate.id == siteId; });
    if (site == pending->sites.end()) {
        return ask(AuthOutcome::ChooseSite, organisation, *pending);
    }
    const Site chosen = *site;
    const std::string previous = previousSite(organisation);
    if (!previous.empty() && previous != siteId && !confirmed) {
        pending->sites = {chosen};
        return ask(AuthOutcome::ConfirmOtherSite, organisation, *pending);
    }
    return connect(organisation, user, *pending, chosen);
}

AuthResult CloudAuthorization::connect(const std::string& organisation, const std::string& user,
                                       const PendingGrant& pending, const Site& site) {
    const std::string missing = missingScopes(site.scopes);
    if (!missing.empty()) {
        return authResult(AuthOutcome::ScopesMissing, missing);
    }
    const CloudApp app = _context.app();
    ConnectionRecord record;
    bool hasProjects = false;
    try {
        jira::CloudClient client(_context.transport, std::make_shared<GrantToken>(pending.grant.accessToken),
                                 {app.apiUrl, site.id, site.url}, [this] { return _context.nowMs(); });
        const jira::User account = client.myself();
        record.accountId = account.accountId;
        record.accountName = account.displayName;
        hasProjects = !client.projects("", 0, 1).values.empty();
    } catch (const jira::ReconnectNeeded& error) {
        return authResult(AuthOutcome::AccountRefused, error.what());
    } catch (const jira::Refusal& error) {
        return authResult(AuthOutcome::AccountRefused, error.what());
    } catch (const jira::Error& error) {
        return authResult(AuthOutcome::Unreachable, error.what());
    }
    record.organisation = organisation;
    record.state = RecordState::Connected;
    record.siteId = site.id;
    record.siteUrl = site.url;
    record.siteName = site.name;
    record.scopes = joined(pending.grant.scopes.empty() ? site.scopes : pending.grant.scopes);
    record.connectedAtMs = _context.nowMs();
    record.connectedBy = user;
    return store(std::move(record), pending, hasProjects);
}

AuthResult CloudAuthorization::store(ConnectionRecord record, const PendingGrant& pending, bool hasProjects) {
    const std::string organisation = record.organisation;
    record.sealedAccessToken =
        _context.sealer.seal(organisation, accessTokenField, pending.grant.accessToken);
    record.sealedRefreshToken =
        _context.sealer.seal(organisation, refreshTokenField, pending.grant.refreshToken);
    record.refreshedAtMs = pending.grantedAtMs;
    record.accessExpiresAtMs = pending.grantedAtMs + pending.grant.lifetimeMs;
    killPoint("connect.store");
    const auto stored = _context.connections.connect(record, pending.seenConnectedAtMs, pending.handover);
    killPoint("connect.stored");
    _context.pending.remove(organisation, record.connectedBy);
    if (stored != ConnectionStore::Connecting::Stored) {
        return notStored(organisation, stored);
    }
    announce(record, pending.handover);
    _context.changed(organisation);
    return authResult(hasProjects ? AuthOutcome::Connected : AuthOutcome::ConnectedWithoutProjects,
                      record.siteName + " (" + record.siteUrl + "), as " + record.accountName);
}

AuthResult CloudAuthorization::notStored(const std::string& organisation, ConnectionStore::Connecting why) {
    if (why == ConnectionStore::Connecting::HandoverEnded) {
        return authResult(AuthOutcome::HandoverEnded);
    }
    const auto present = _context.connections.load(organisation);
    return authResult(
        AuthOutcome::AlreadyConnected,
        present ? present->siteName + ", by " + _context.nameOf(organisation, present->connectedBy) : "");
}

void CloudAuthorization::announce(const ConnectionRecord& record, const std::string& handover) {
    const std::string& organisation = record.organisation;
    const auto link = handover.empty() ? std::nullopt : _context.handovers.load(organisation);
    const std::string handedOverBy = link ? link->createdBy : std::string();
    _context.services.audit.record(organisation, record.connectedBy, "jira.connected", record.siteName,
                                   auditDetail(record, handedOverBy));
    for (const char* alert : {connectionAlert, appAlert, handoverAlert}) {
        _context.services.alerts.clear(organisation, alert);
    }
    if (link) {
        host::Alert alert;
        alert.key = handoverAlert;
        alert.title = "Jira is connected";
        alert.text = _context.nameOf(organisation, record.connectedBy) + " connected Jira (" +
                     record.siteName + ", " + record.siteUrl + ") with the link of " +
                     _context.nameOf(organisation, handedOverBy) + ".";
        alert.remedy = "Continue with the project mapping.";
        alert.url = _context.services.urls.settingsPage();
        _context.services.alerts.raise(organisation, alert);
    }
    _context.services.log.info("Jira is connected",
                               {{"organisation", organisation}, {"site", record.siteUrl}});
}

} // namespace jira_plugin::connection
