#include "server_tokens.hpp"

#include "context.hpp"
#include "encoding.hpp"
#include "server_keys.hpp"
#include "server_problem.hpp"

#include "jira/errors.hpp"
#include "oauth1/handshake.hpp"

#include <algorithm>

namespace jira_plugin::connection {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t renewBeforeMs = 30 * dayMs;
constexpr std::int64_t leaseMs = 90'000;
constexpr const char* handleField = "session_handle";
constexpr const char* secretField = "token_secret";
constexpr const char* reconnect = "An admin must reconnect Jira under Settings > Integrations > Jira.";

jira::RetryLater later(const std::string& cause) {
    return {"The connection to Jira could not be renewed yet: " + cause,
            "Nothing to do: it is tried again by itself.", 0};
}

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
    record.sealedRefreshToken = seal(handleField, token.sessionHandle);
    record.sealedTokenSecret = seal(secretField, token.secret);
    record.refreshedAtMs = now;
    record.accessExpiresAtMs = token.lifetimeMs ? now + *token.lifetimeMs : 0;
    record.renewableUntilMs = token.renewableForMs ? now + *token.renewableForMs : 0;
}

oauth1::Signature GrantedAccess::sign(const jira::HttpRequest& request, std::int64_t clockOffsetMs) {
    return signAs(_context, _identity, request, {{"oauth_token", _token.reveal()}}, clockOffsetMs);
}

/// Locks for a public function and announces after it has unlocked, however the function ends.
class ServerTokens::Turn {
public:
    explicit Turn(ServerTokens& tokens) : _tokens(tokens), _lock(tokens._mutex) {}
    ~Turn() {
        std::vector<Announcement> announcements;
        announcements.swap(_tokens._announcements);
        _lock.unlock();
        for (const auto& announcement : announcements) {
            _tokens._context.tellAdmins(_tokens._organisation, announcement);
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    ServerTokens& _tokens;
    std::unique_lock<std::mutex> _lock;
};

ConnectionRecord ServerTokens::load() {
    auto record = _context.connections.load(_organisation);
    if (!record || !record->isDataCenter() || record->state == RecordState::Disconnected) {
        throw jira::NotConfigured("This organisation is not connected to Jira Data Center.",
                                  "An admin can connect it under Settings > Integrations > Jira.");
    }
    if (record->state == RecordState::NeedsAttention) {
        throw jira::ReconnectNeeded(record->attention, record->attentionRemedy);
    }
    return *record;
}

bool ServerTokens::isDue(const ConnectionRecord& record) const {
    if (record.accessExpiresAtMs == 0 || record.sealedRefreshToken.empty()) {
        return false; // without an end, or without the means: Jira will say when it is over
    }
    const std::int64_t lifetime = record.accessExpiresAtMs - record.refreshedAtMs;
    return _context.nowMs() >= record.accessExpiresAtMs - std::min(renewBeforeMs, lifetime / 4);
}

Secret ServerTokens::open(const ConnectionRecord& record, const char* field, const std::string& sealed) {
    try {
        return _context.sealer.open(_organisation, field, sealed);
    } catch (const SealError& error) {
        const std::string message =
            std::string("The stored connection to Jira cannot be used. ") + error.what();
        die(record, message, reconnect);
        throw jira::ReconnectNeeded(message, reconnect);
    } catch (const std::exception& error) {
        throw later(std::string("the platform does not hand out its encryption key: ") + error.what());
    }
}

void ServerTokens::adopt(const ConnectionRecord& record) {
    if (_identity && _version == record.version) {
        return;
    }
    const auto key = _context.serverKeys.load(_organisation);
    if (!key) {
        throw jira::ReconnectNeeded("The key pair for Jira Data Center is missing.", reconnect);
    }
    _token = open(record, accessTokenField, record.sealedAccessToken);
    _identity = Identity{key->consumerKey, _keys.privateKey(*key)};
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

std::string ServerTokens::consumerKey() const {
    const std::lock_guard lock(_mutex);
    return _identity ? _identity->consumerKey : std::string();
}

void ServerTokens::giveUp(const std::string& message, const std::string& remedy) {
    const Turn turn(*this);
    const auto record = _context.connections.load(_organisation);
    // Only what was refused: by now there may be another token, or another connection.
    if (record && record->state == RecordState::Connected && record->version == _version) {
        die(*record, message, remedy);
    }
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
    const std::string owner = _context.database.instance() + "/" + base64Url(randomBytes(9));
    const std::int64_t now = _context.nowMs();
    if (!_context.connections.leaseRefresh(_organisation, record.version, owner, now, now + leaseMs)) {
        throw later("another process is at it.");
    }
    try {
        adopt(record);
        requestToken(record);
    } catch (...) {
        _context.connections.releaseRefresh(_organisation, owner);
        throw;
    }
}

void ServerTokens::requestToken(const ConnectionRecord& record) {
    const Secret handle = open(record, handleField, record.sealedRefreshToken);
    oauth1::Circumstances known;
    known.baseUrl = record.baseUrl;
    known.jiraBaseUrl = record.siteUrl;
    try {
        ConnectionRecord renewed = record;
        sealToken(
            _context, renewed,
            handshake(_context, *_identity, oauth1::renewalRequest(record.baseUrl, _token, handle), known));
        _context.connections.storeTokens(_organisation, record.version,
                                         {renewed.sealedAccessToken, renewed.sealedRefreshToken,
                                          renewed.accessExpiresAtMs, renewed.refreshedAtMs,
                                          renewed.sealedTokenSecret, renewed.renewableUntilMs});
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

void ServerTokens::die(const ConnectionRecord& record, const std::string& message,
                       const std::string& remedy) {
    if (_context.connections.markAttention(_organisation, record.version, message, remedy)) {
        _announcements.push_back(
            {connectionAlert, "Jira must be reconnected", message, remedy, record.siteUrl});
    }
}

} // namespace jira_plugin::connection
