#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "world/random.hpp"

namespace jira_sim {

/// What one Atlassian account allowed one app: scopes and sites.
struct Grant {
    std::string accountId;
    std::set<std::string> scopes;
    std::set<std::string> cloudIds;
    bool revoked = false;
};

using GrantPtr = std::shared_ptr<Grant>;

/// The tokens handed out by one call of the token endpoint.
struct TokenPair {
    std::string accessToken, refreshToken; ///< refreshToken empty without offline_access
    std::int64_t expiresInSec = 3600;
    std::set<std::string> scopes;
};

/// OAuth 2.0 (3LO) state: pending consents, codes, rotating refresh tokens, access tokens.
/// Source: developer.atlassian.com, "OAuth 2.0 (3LO) apps". Guarded by the world's mutex.
class Grants {
public:
    /// A consent page that is open in somebody's browser.
    struct Consent {
        std::string clientId, redirectUri, state;
        std::set<std::string> scopes;
    };

    Grants(Random& random) : _random(random) {}

    std::string openConsent(Consent consent);
    /// Takes the consent; it cannot be used twice.
    std::optional<Consent> takeConsent(const std::string& id);
    const Consent* consent(const std::string& id) const;

    /// Records the approval and issues a single-use code. Account-level grants: a further site is added to
    /// the account's grant, the scopes are replaced.
    std::string approve(const Consent& consent, const std::string& accountId, const std::string& cloudId,
                        std::int64_t nowMs);
    /// Null when the code is unknown, used, expired or was made for another client or address.
    std::optional<TokenPair> exchange(const std::string& code, const std::string& clientId,
                                      const std::string& redirectUri, std::int64_t nowMs);
    /// Rotates. An already rotated token works for another 10 minutes; one unused for 90 days does not.
    std::optional<TokenPair> refresh(const std::string& token, const std::string& clientId,
                                     std::int64_t nowMs);

    /// The live grant behind an access token, or null when the token is unknown, expired or revoked.
    GrantPtr authenticate(const std::string& accessToken, std::int64_t nowMs) const;

    void expireAccessTokens();
    void expireAccessToken(const std::string& token);
    void forgetRefreshTokens();
    /// Revokes an account's grant, or all when empty. Answers how many.
    int revoke(const std::string& accountId);
    void removeSite(const std::string& cloudId);
    std::vector<GrantPtr> all() const;
    /// Everything handed out, for those who look for what leaked.
    std::vector<std::string> tokens() const;
    void setLifetimeSec(std::int64_t seconds) { _lifetimeSec = seconds; }
    void setResourceLevel(bool on) { _resourceLevel = on; }

private:
    struct Code {
        GrantPtr grant;
        Consent consent;
        std::int64_t expiresMs;
    };
    struct Access {
        GrantPtr grant;
        std::int64_t expiresMs;
    };
    struct Refresh {
        GrantPtr grant;
        std::string clientId;
        std::int64_t lastUsedMs;
        std::int64_t rotatedMs; ///< 0 while it is the newest
    };

    TokenPair issue(const GrantPtr& grant, const std::string& clientId, std::int64_t nowMs);
    std::string accessTokenText(const Grant& grant, std::int64_t nowMs);

    Random& _random;
    std::int64_t _lifetimeSec = 3600;
    bool _resourceLevel = false;
    std::map<std::string, Consent> _consents;
    std::map<std::string, Code> _codes;
    std::map<std::string, Access> _access;
    std::map<std::string, Refresh> _refresh;
    std::vector<GrantPtr> _grants;
};

} // namespace jira_sim
