#include "world/grants.hpp"

#include <algorithm>
#include <sstream>

#include <Poco/Base64Encoder.h>

namespace jira_sim {

namespace {

constexpr std::int64_t codeLifetimeMs = std::int64_t{5} * 60 * 1000;
constexpr std::int64_t reuseLeewayMs = std::int64_t{10} * 60 * 1000;
constexpr std::int64_t refreshLifetimeMs = 90LL * 24 * 3600 * 1000;

std::string base64url(const std::string& text) {
    std::ostringstream out;
    Poco::Base64Encoder encoder(out, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
    encoder.rdbuf()->setLineLength(0);
    encoder << text;
    encoder.close();
    return out.str();
}

} // namespace

std::string Grants::openConsent(Consent consent) {
    const std::string id = _random.token(32);
    _consents[id] = std::move(consent);
    return id;
}

const Grants::Consent* Grants::consent(const std::string& id) const {
    const auto found = _consents.find(id);
    return found == _consents.end() ? nullptr : &found->second;
}

std::optional<Grants::Consent> Grants::takeConsent(const std::string& id) {
    const auto found = _consents.find(id);
    if (found == _consents.end())
        return std::nullopt;
    Consent consent = std::move(found->second);
    _consents.erase(found);
    return consent;
}

std::string Grants::approve(const Consent& consent, const std::string& accountId, const std::string& cloudId,
                            std::int64_t nowMs) {
    GrantPtr grant;
    for (const GrantPtr& candidate : _grants)
        if (!_resourceLevel && !candidate->revoked && candidate->accountId == accountId)
            grant = candidate;
    if (!grant) {
        grant = std::make_shared<Grant>();
        grant->accountId = accountId;
        _grants.push_back(grant);
    }
    grant->scopes = consent.scopes;
    if (!cloudId.empty())
        grant->cloudIds.insert(cloudId);
    const std::string code = "eyJ" + _random.token(180);
    _codes[code] = {grant, consent, nowMs + codeLifetimeMs};
    return code;
}

std::optional<TokenPair> Grants::exchange(const std::string& code, const std::string& clientId,
                                          const std::string& redirectUri, std::int64_t nowMs) {
    const auto found = _codes.find(code);
    if (found == _codes.end())
        return std::nullopt;
    const Code entry = found->second;
    _codes.erase(found);
    if (entry.expiresMs < nowMs || entry.grant->revoked || entry.consent.clientId != clientId ||
        entry.consent.redirectUri != redirectUri)
        return std::nullopt;
    return issue(entry.grant, clientId, nowMs);
}

std::optional<TokenPair> Grants::refresh(const std::string& token, const std::string& clientId,
                                         std::int64_t nowMs) {
    const auto found = _refresh.find(token);
    if (found == _refresh.end())
        return std::nullopt;
    Refresh& entry = found->second;
    const bool tooOld = entry.rotatedMs != 0 ? nowMs - entry.rotatedMs > reuseLeewayMs
                                             : nowMs - entry.lastUsedMs > refreshLifetimeMs;
    if (tooOld || entry.grant->revoked || entry.clientId != clientId)
        return std::nullopt;
    if (entry.rotatedMs == 0)
        entry.rotatedMs = nowMs;
    return issue(entry.grant, clientId, nowMs);
}

TokenPair Grants::issue(const GrantPtr& grant, const std::string& clientId, std::int64_t nowMs) {
    TokenPair pair;
    pair.accessToken = accessTokenText(*grant, nowMs);
    pair.expiresInSec = _lifetimeSec;
    pair.scopes = grant->scopes;
    _access[pair.accessToken] = {grant, nowMs + _lifetimeSec * 1000};
    if (grant->scopes.count("offline_access") != 0) {
        pair.refreshToken = "eyJ" + _random.token(240);
        _refresh[pair.refreshToken] = {grant, clientId, nowMs, 0};
    }
    return pair;
}

std::string Grants::accessTokenText(const Grant& grant, std::int64_t nowMs) {
    // Real ones are JWTs of well over 1 kB; their content is Atlassian's business, their length is not.
    std::ostringstream payload;
    payload << R"({"jti":")" << _random.uuid() << R"(","sub":")" << grant.accountId << R"(","iat":)"
            << nowMs / 1000 << R"(,"exp":)" << nowMs / 1000 + _lifetimeSec
            << R"(,"client_auth_type":"POST","verifiedEmail":"hidden.example","session":")"
            << _random.hex(420) << R"("})";
    return base64url(R"({"kid":"sim","typ":"JWT","alg":"RS256"})") + "." + base64url(payload.str()) + "." +
           _random.token(342);
}

GrantPtr Grants::authenticate(const std::string& accessToken, std::int64_t nowMs) const {
    const auto found = _access.find(accessToken);
    if (found == _access.end() || found->second.expiresMs <= nowMs || found->second.grant->revoked)
        return nullptr;
    return found->second.grant;
}

void Grants::expireAccessTokens() {
    _access.clear();
}
void Grants::expireAccessToken(const std::string& token) {
    _access.erase(token);
}
void Grants::forgetRefreshTokens() {
    _refresh.clear();
}

int Grants::revoke(const std::string& accountId) {
    int count = 0;
    for (const GrantPtr& grant : _grants) {
        if (grant->revoked || (!accountId.empty() && grant->accountId != accountId))
            continue;
        grant->revoked = true;
        ++count;
    }
    return count;
}

void Grants::removeSite(const std::string& cloudId) {
    for (const GrantPtr& grant : _grants)
        grant->cloudIds.erase(cloudId);
}

std::vector<std::string> Grants::tokens() const {
    std::vector<std::string> all;
    for (const auto& [token, access] : _access)
        all.push_back(token);
    for (const auto& [token, refresh] : _refresh)
        all.push_back(token);
    return all;
}

std::vector<GrantPtr> Grants::all() const {
    return _grants;
}

} // namespace jira_sim
