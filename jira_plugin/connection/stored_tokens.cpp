#include "stored_tokens.hpp"

#include "auth_outcome.hpp"
#include "context.hpp"
#include "interrupted_renewals.hpp"
#include "jira/errors.hpp"
#include "kill_point.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace jira_plugin::connection {
namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t renewBeforeMs = 5 * minuteMs;
constexpr std::int64_t keepAliveMs = 7LL * 24 * 60 * minuteMs;
constexpr int refreshTries = 600; // of a tenth of a second: longer than a renewal takes

} // namespace

bool StoredTokens::isFresh(const ConnectionRecord& record) const {
    // A short-lived token is renewed after three quarters of its life.
    const std::int64_t lifetime = record.accessExpiresAtMs - record.refreshedAtMs;
    const std::int64_t renewAt = record.accessExpiresAtMs - std::min(renewBeforeMs, lifetime / 4);
    const std::int64_t now = _context.nowMs();
    return now < renewAt && now >= record.refreshedAtMs - renewBeforeMs;
}

std::string StoredTokens::adopt(const ConnectionRecord& record) {
    if (_token.empty() || _tokenVersion != record.version) {
        _token = open(record, accessTokenField, record.sealedAccessToken);
        _tokenVersion = record.version;
    }
    return _token.reveal();
}

std::string StoredTokens::token() {
    const Turn turn(*this);
    storeUnsaved();
    const ConnectionRecord record = load();
    if (!isFresh(record)) {
        return renew({});
    }
    if (record.isBeingRefreshed) {
        _interrupted.add(_organisation, 0);
    }
    return adopt(record);
}

std::string StoredTokens::tokenAfter(const std::string& refused) {
    const Turn turn(*this);
    storeUnsaved();
    return renew(refused);
}

void StoredTokens::renewNow() {
    const Turn turn(*this);
    storeUnsaved();
    renew(adopt(load()));
}

void StoredTokens::resume() {
    const Turn turn(*this);
    storeUnsaved();
    const ConnectionRecord record = load();
    if (record.isBeingRefreshed) {
        renew(adopt(record));
    }
}

void StoredTokens::keepAlive() {
    const Turn turn(*this);
    storeUnsaved();
    const ConnectionRecord record = load();
    if (_context.nowMs() - record.refreshedAtMs > keepAliveMs) {
        renew(adopt(record));
    }
}

/// Until the stored token is fresh and another one than `refused`.
std::string StoredTokens::renew(const std::string& refused) {
    bool refreshed = false; // whatever Atlassian handed out then, asking again would not give more
    for (int attempt = 0; attempt < refreshTries && !_context.stopping; ++attempt) {
        const ConnectionRecord record = load();
        const std::string current = adopt(record);
        if (refreshed || (isFresh(record) && current != refused)) {
            return current;
        }
        refreshed = refreshOnce(record);
        if (!refreshed) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100)); // another process is at it
        }
    }
    throw jira::RetryLater("The connection to Jira is being renewed by another process, which takes long.",
                           "Nothing to do: it is tried again by itself.", 0);
}

bool StoredTokens::refreshOnce(const ConnectionRecord& record) {
    try {
        return withLease(record, [&] { requestTokens(record); });
    } catch (const jira::RetryLater& later) { // it may have been carried out all the same
        _interrupted.add(_organisation, later.retryAfterMs());
        throw;
    } catch (const store::StoreError&) { // likewise, and the new pair may be at hand
        _interrupted.add(_organisation, 0);
        throw;
    }
}

void StoredTokens::requestTokens(const ConnectionRecord& record) {
    const CloudApp app = _context.app();
    if (!app.isConfigured()) {
        throw jira::NotConfigured(notConfiguredMessage, notConfiguredRemedy);
    }
    const Secret refreshToken = open(record, refreshTokenField, record.sealedRefreshToken);
    const std::int64_t askedAt = _context.nowMs();
    TokenAnswer answer = _context.oauth.refresh(app, refreshToken);
    killPoint("token.answered");
    switch (answer.kind) {
    case TokenAnswer::Kind::Granted:
        if (answer.grant.refreshToken.empty()) {
            answer.grant.refreshToken = refreshToken;
        }
        store({record.version, std::move(answer.grant), askedAt});
        return;
    case TokenAnswer::Kind::GrantRefused: {
        const auto present = _context.connections.load(_organisation);
        if (present && present->version != record.version) {
            return; // somebody refreshed it despite the lease: theirs is good
        }
        die(record,
            "Atlassian no longer accepts the connection's grant (" + answer.words +
                "): it was revoked, not used for 90 days, or the account's password was changed.",
            reconnectRemedy);
        throw jira::ReconnectNeeded("The connection to Jira has ended: " + answer.words + ".",
                                    reconnectRemedy);
    }
    case TokenAnswer::Kind::ClientRefused: {
        const AuthResult text = authResult(AuthOutcome::ClientRefused, answer.words);
        announce({appAlert, "Jira is not configured correctly", text.message, text.remedy, {}});
        throw jira::NotConfigured(text.message, text.remedy);
    }
    case TokenAnswer::Kind::Later:
    case TokenAnswer::Kind::Unreadable:
        break;
    }
    _context.services.log.warning("The connection to Jira could not be renewed yet",
                                  {{"organisation", _organisation}, {"cause", answer.words}});
    throw later(answer.words + ".", answer.retryAfterMs);
}

void StoredTokens::store(Unsaved unsaved) {
    _unsaved = std::move(unsaved);
    storeUnsaved();
}

/// A pair that the database did not take is kept, unused, until it does: the old one is dead in ten minutes.
void StoredTokens::storeUnsaved() {
    if (!_unsaved) {
        return;
    }
    const Unsaved& unsaved = *_unsaved;
    SealedTokens tokens;
    try {
        tokens.access = _context.sealer.seal(_organisation, accessTokenField, unsaved.grant.accessToken);
        tokens.refresh = _context.sealer.seal(_organisation, refreshTokenField, unsaved.grant.refreshToken);
    } catch (const std::exception& error) {
        throw noKey(error);
    }
    tokens.refreshedAtMs = unsaved.grantedAtMs;
    tokens.expiresAtMs = unsaved.grantedAtMs + unsaved.grant.lifetimeMs;
    _context.connections.storeTokens(_organisation, unsaved.version, tokens);
    killPoint("token.stored");
    _unsaved.reset();
    _context.services.alerts.clear(_organisation, appAlert);
    _context.services.metrics.add("jira_token_refreshes", 1);
}

// Atlassian's list of sites tells an ended grant from a gateway that does not know a new token yet.
bool StoredTokens::isListed(const ConnectionRecord& record) {
    try {
        const auto sites = _context.oauth.sites(_context.app(), Secret(adopt(record)));
        return std::any_of(sites.begin(), sites.end(),
                           [&](const Site& site) { return site.id == record.siteId; });
    } catch (const jira::ReconnectNeeded&) { // the token; only renewing it tells whether the grant is good
        throw later("Atlassian does not accept the token that it gave a moment ago.", minuteMs);
    } catch (const jira::Refusal& refusal) {
        if (refusal.status() == 403)
            return false;
        throw later(refusal.what(), minuteMs);
    }
}

void StoredTokens::checkGrant(const std::string& message, const std::string& remedy) {
    const Turn turn(*this);
    if (isListed(load())) {
        throw later("Jira does not accept the token that Atlassian gave a moment ago.", minuteMs);
    }
    dieAs(_tokenVersion, message, remedy);
}

void StoredTokens::giveUp(const std::string& message, const std::string& remedy) {
    const Turn turn(*this);
    dieAs(_tokenVersion, message, remedy);
}

} // namespace jira_plugin::connection
