#include "server_tokens.hpp"

#include "context.hpp"
#include "kill_point.hpp"
#include "server_keys.hpp"
#include "server_problem.hpp"

#include "jira/errors.hpp"
#include "oauth1/handshake.hpp"

#include <algorithm>

namespace jira_plugin::connection {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t renewBeforeMs = 30 * dayMs;

/// What nobody but an admin can mend: Jira's own word that the access has ended.
bool isFinal(const ServerProblem& problem) {
    return problem.kind() == ServerProblem::Kind::Refused && problem.code() != "server_error" &&
           problem.code() != "clock_skew" && problem.code() != "nonce_used" && problem.code() != "login_page";
}

} // namespace

void sealToken(Context& context, ConnectionRecord& record, const oauth1::Token& token) {
    const std::int64_t now = context.nowMs();
    const auto seal = [&](const char* field, const Secret& secret) {
        return secret.empty() ? std::string() : context.sealer.seal(record.organisation, field, secret);
    };
    record.sealedAccessToken = seal(accessTokenField, token.token);
    record.sealedRefreshToken = seal(sessionHandleField, token.sessionHandle);
    record.sealedTokenSecret = seal(tokenSecretField, token.secret);
    record.refreshedAtMs = now;
    record.accessExpiresAtMs = token.lifetimeMs ? now + *token.lifetimeMs : 0;
    record.renewableUntilMs = token.renewableForMs ? now + *token.renewableForMs : 0;
}

oauth1::Signature GrantedAccess::sign(const jira::HttpRequest& request, std::int64_t clockOffsetMs) {
    return signAs(_context, _identity, request, {{"oauth_token", _token.reveal()}}, clockOffsetMs);
}

bool ServerTokens::isDue(const ConnectionRecord& record) const {
    if (record.accessExpiresAtMs == 0 || record.sealedRefreshToken.empty()) {
        return false; // without an end, or without the means: Jira will say when it is over
    }
    const std::int64_t lifetime = record.accessExpiresAtMs - record.refreshedAtMs;
    return _context.nowMs() >= record.accessExpiresAtMs - std::min(renewBeforeMs, lifetime / 4);
}

void ServerTokens::adopt(const ConnectionRecord& record) {
    if (_identity && _version == record.version) {
        return;
    }
    const auto key = _context.serverKeys.load(_organisation);
    if (!key) {
        throw jira::ReconnectNeeded("The key pair for Jira Data Center is missing.", reconnectRemedy);
    }
    _token = open(record, accessTokenField, record.sealedAccessToken);
    _identity = _keys.identity(*key);
    _version = record.version;
}

oauth1::Signature ServerTokens::sign(const jira::HttpRequest& request, std::int64_t clockOffsetMs) {
    const Turn turn(*this);
    ConnectionRecord record = load();
    if (isDue(record)) {
        try {
            renew(record);
        } catch (const jira::RetryLater&) {
            if (_context.nowMs() >= record.accessExpiresAtMs) {
                throw;
            } // else the present token is good for a while
        }
        record = load();
    }
    adopt(record);
    return signAs(_context, *_identity, request, {{"oauth_token", _token.reveal()}}, clockOffsetMs);
}

bool ServerTokens::renewAfter(const oauth1::Signature& refused) {
    const Turn turn(*this);
    const ConnectionRecord record = load();
    adopt(record);
    // Somebody may have renewed it meanwhile.
    if (refused.authorization.find(oauth1::percentEncoded(_token.reveal())) == std::string::npos) {
        return true;
    }
    if (record.sealedRefreshToken.empty()) {
        return false;
    }
    renew(record);
    return true;
}

/// The pair that is to replace the present one, or that another process has put in its place.
class ServerTokens::OtherPair : public GrantedAccess {
public:
    OtherPair(ServerTokens& tokens, Identity identity)
        : GrantedAccess(tokens._context, identity, tokens._token), _tokens(tokens),
          _publicKey(std::move(identity.publicKey)) {}

    void taken() override {
        const Turn turn(_tokens);
        _tokens._keys.promote(_tokens._organisation, _publicKey);
        _tokens._identity.reset();
    }

private:
    ServerTokens& _tokens;
    const std::string _publicKey;
};

std::shared_ptr<jira::RequestSigner> ServerTokens::other(const oauth1::Signature& refused) {
    const Turn turn(*this);
    adopt(load());
    const auto key = _context.serverKeys.load(_organisation);
    if (key && key->publicKey != refused.publicKey) {
        return std::make_shared<OtherPair>(*this, _keys.identity(*key));
    }
    return key && key->hasNext() ? std::make_shared<OtherPair>(*this, _keys.identity(key->next())) : nullptr;
}

std::string ServerTokens::consumerKey() const {
    const std::lock_guard lock(_mutex);
    return _identity ? _identity->consumerKey : std::string();
}

void ServerTokens::giveUp(const std::string& message, const std::string& remedy) {
    const Turn turn(*this);
    dieAs(_version, message, remedy);
}

void ServerTokens::renewNow() {
    const Turn turn(*this);
    renew(load());
}

void ServerTokens::keepAlive() {
    const Turn turn(*this);
    const ConnectionRecord record = load();
    if (isDue(record)) {
        renew(record);
    }
}

void ServerTokens::renew(const ConnectionRecord& record) {
    if (record.sealedRefreshToken.empty()) {
        return; // Jira gave no session handle: the token is good until it says otherwise
    }
    const bool leased = withLease(record, [&] {
        adopt(record);
        requestToken(record);
    });
    if (!leased) {
        throw later("another process is at it.");
    }
}

void ServerTokens::requestToken(const ConnectionRecord& record) {
    const Secret handle = open(record, sessionHandleField, record.sealedRefreshToken);
    oauth1::Circumstances known;
    known.baseUrl = record.baseUrl;
    known.jiraBaseUrl = record.siteUrl;
    try {
        ConnectionRecord renewed = record;
        sealToken(
            _context, renewed,
            _keys.handshake(_organisation, oauth1::renewalRequest(record.baseUrl, _token, handle), known));
        killPoint("token.answered");
        _context.connections.storeTokens(_organisation, record.version,
                                         {renewed.sealedAccessToken, renewed.sealedRefreshToken,
                                          renewed.accessExpiresAtMs, renewed.refreshedAtMs,
                                          renewed.sealedTokenSecret, renewed.renewableUntilMs});
        killPoint("token.stored");
        _context.services.metrics.add("jira_token_refreshes", 1);
    } catch (const ServerProblem& problem) {
        const auto& first = problem.causes().front();
        if (!isFinal(problem)) {
            throw later(first.cause);
        }
        die(record, std::string(problem.what()) + " " + first.cause, first.fix);
        throw jira::ReconnectNeeded("The connection to Jira has ended: " + first.cause, first.fix);
    }
}

} // namespace jira_plugin::connection
