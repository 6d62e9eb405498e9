#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "world/app_links.hpp"
#include "world/random.hpp"

namespace jira_sim {

/// A request as OAuth 1.0a sees it: what was signed, and the string over which.
struct SignedMessage {
    std::vector<std::pair<std::string, std::string>> parameters; ///< decoded, oauth_signature among them
    std::string baseString;

    /// The first value, empty when absent.
    std::string get(const std::string& name) const;
    bool has(const std::string& name) const;
};

/// Thrown when the provider refuses; `problem` is one of the words of the OAuth Problem Reporting extension.
struct OAuth1Problem {
    std::string problem;
    std::vector<std::pair<std::string, std::string>> details = {};
};

/// OAuth 1.0a of Jira Data Center: request tokens, approvals, access tokens, sessions, and the checks of
/// signed messages. Guarded by the world's mutex.
class OAuth1 {
public:
    enum class Approval { Pending, Accepted, Denied };

    struct RequestToken {
        std::string token, secret, consumerKey, callback, verifier, accountId;
        Approval approval = Approval::Pending;
        std::int64_t expiresMs = 0;
    };

    struct AccessToken {
        std::string token, secret, consumerKey, accountId, sessionHandle;
        std::int64_t createdMs = 0, expiresMs = 0, sessionExpiresMs = 0;
        bool revoked = false;
    };

    static constexpr std::int64_t windowSec = 300;                                ///< of timestamps
    static constexpr std::int64_t requestTokenSec = 600;                          ///< 10 minutes
    static constexpr std::int64_t accessTokenSec = 5LL * 365 * 24 * 3600;         ///< 5 years
    static constexpr std::int64_t sessionSec = accessTokenSec + 30LL * 24 * 3600; ///< and 30 days to renew

    explicit OAuth1(Random& random) : _random(random) {}

    /// Version, timestamp, nonce, method and signature of a message, in the order in which Jira looks at
    /// them. Answers the consumer. Throws OAuth1Problem.
    const AppLink& check(const AppLinks& links, const SignedMessage& message, std::int64_t nowMs,
                         bool echoBaseString);

    const RequestToken& requestToken(const AppLink& consumer, const std::string& callback,
                                     std::int64_t nowMs);
    /// A request token that a person may decide about. Throws OAuth1Problem for others.
    RequestToken& pending(const std::string& token, std::int64_t nowMs);
    /// Records the decision and answers the verifier; the word `denied` after a denial.
    std::string decide(RequestToken& token, const std::string& accountId, bool accepted);
    /// Refuses a request token that cannot be exchanged now. Throws OAuth1Problem.
    void checkExchange(const SignedMessage& message, std::int64_t nowMs) const;
    const AccessToken& exchange(const std::string& requestToken, std::int64_t nowMs);
    /// Refuses a renewal whose token or session handle is not right. Throws OAuth1Problem.
    void checkRenewal(const SignedMessage& message, std::int64_t nowMs) const;
    const AccessToken& renew(const std::string& accessToken, std::int64_t nowMs);
    bool isRequestToken(const std::string& token) const;
    /// The token a call of the API presents. Throws OAuth1Problem.
    const AccessToken& authenticate(const SignedMessage& message, std::int64_t nowMs) const;

    void expireAccessTokens();
    void expireAccessToken(const std::string& token);
    /// Of one account, or all when empty. Answers how many.
    int revoke(const std::string& accountId);
    bool revokeToken(const std::string& token);
    void forgetConsumer(const std::string& consumerKey);
    const std::map<std::string, AccessToken>& accessTokens() const { return _access; }

private:
    void checkTimestampAndNonce(const SignedMessage& message, std::int64_t nowMs);
    const AccessToken& issue(const std::string& consumerKey, const std::string& accountId,
                             std::int64_t nowMs);

    Random& _random;
    std::map<std::string, RequestToken> _requests;
    std::map<std::string, AccessToken> _access;
    std::set<std::string> _used;                           ///< request tokens that were exchanged
    std::map<std::int64_t, std::set<std::string>> _nonces; ///< by timestamp, those within the window
};

} // namespace jira_sim
