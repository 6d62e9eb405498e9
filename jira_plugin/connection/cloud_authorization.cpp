#include "cloud_authorization.hpp"

#include "context.hpp"
#include "jira/cloud_client.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"

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

std::string auditDetail(const ConnectionRecord& record) {
    Poco::JSON::Object detail;
    detail.set("site", record.siteUrl);
    detail.set("siteId", record.siteId);
    detail.set("account", record.accountName);
    detail.set("scopes", record.scopes);
    return jira::json::write(detail);
}

} // namespace

std::string CloudAuthorization::begin(const std::string& organisation, const std::string& user) {
    const CloudApp app = _context.app();
    if (!app.isConfigured()) {
        throw jira::NotConfigured(notConfiguredMessage, notConfiguredRemedy);
    }
    const auto present = _context.connections.load(organisation);
    return authorizeUrl(app, _context.states.issue(organisation, user, present ? present->connectedAtMs : 0,
                                                   _context.nowMs()));
}

AuthResult CloudAuthorization::finish(const std::string& organisation, const std::string& user,
                                      const std::map<std::string, std::string>& query) {
    const std::string state = parameter(query, "state");
    if (state.empty()) {
        return authResult(AuthOutcome::StateMissing);
    }
    const RedeemedState redeemed = _context.states.redeem(state, organisation, user, _context.nowMs());
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
    return code.empty() ? authResult(AuthOutcome::StateMissing)
                        : afterConsent(organisation, user, code, redeemed.seenConnectedAtMs);
}

AuthResult CloudAuthorization::afterConsent(const std::string& organisation, const std::string& user,
                                            const std::string& code, std::int64_t seenConnectedAtMs) {
    const CloudApp app = _context.app();
    if (!app.isConfigured()) {
        return authResult(AuthOutcome::NotConfigured);
    }
    PendingGrant pending;
    pending.grantedAtMs = _context.nowMs();
    pending.seenConnectedAtMs = seenConnectedAtMs;
    TokenAnswer answer = _context.oauth.exchange(app, code);
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
    const bool stored = _context.connections.connect(record, pending.seenConnectedAtMs);
    _context.pending.remove(organisation, record.connectedBy);
    if (!stored) {
        const auto present = _context.connections.load(organisation);
        return authResult(AuthOutcome::AlreadyConnected,
                          present ? present->siteName + ", by " + present->connectedBy : "");
    }
    _context.services.audit.record(organisation, record.connectedBy, "jira.connected", record.siteName,
                                   auditDetail(record));
    _context.services.alerts.clear(organisation, connectionAlert);
    _context.services.alerts.clear(organisation, appAlert);
    _context.services.log.info("Jira is connected",
                               {{"organisation", organisation}, {"site", record.siteUrl}});
    _context.changed(organisation);
    return authResult(hasProjects ? AuthOutcome::Connected : AuthOutcome::ConnectedWithoutProjects,
                      record.siteName + " (" + record.siteUrl + "), as " + record.accountName);
}

} // namespace jira_plugin::connection
