#pragma once

#include "problem.hpp"

#include "jira/transport.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::oauth1 {

/// Why Jira Data Center did not accept a signed request. The pages have a place of their own for each.
enum class Reason {
    ConsumerKeyUnknown, ///< no link has this consumer key
    WrongDirection,     ///< the link has only the other direction, or is of another kind
    ConsumerKeyDisabled,
    KeyDiffers,    ///< the public key in the link belongs to another private key
    KeyUnreadable, ///< Jira cannot read the public key in the link
    BaseUrlDiffers,
    RequestAltered, ///< something between changed the request's parameters
    MethodRejected,
    ClockSkew,
    NonceUsed,
    ParameterAbsent,
    ParameterRejected,
    VersionRejected,
    TokenRejected,
    TokenExpired,
    TokenRevoked,
    TokenUsed,
    NotYetAllowed,
    Declined,
    NewConsentNeeded,
    Refused, ///< Jira does not want this user or this application at the moment
    LoginPage,
    Captcha,
    NoOAuth,     ///< nothing at that address speaks OAuth
    ServerError, ///< Jira or a proxy failed
    Unknown
};

/// A word for APIs and logs, e.g. "base_url_differs".
const char* toString(Reason reason);

/// One possible cause and what mends it, as sentences for an administrator.
struct Cause {
    Reason reason = Reason::Unknown;
    std::string cause;
    std::string fix;
};

struct Explanation {
    std::vector<Cause> causes;      ///< the likeliest first, at least one
    std::int64_t clockOffsetMs = 0; ///< ClockSkew: what Jira's clock is ahead of ours; 0 when unknown
    bool mayRetry = false;          ///< signing again and sending once more may help without anybody's doing

    const Cause& first() const { return causes.front(); }
};

/// What is known about the request that failed.
struct Circumstances {
    std::string baseUrl;     ///< as the admin typed it
    std::string jiraBaseUrl; ///< as Jira's serverInfo names it; empty when not asked yet
    std::string consumerKey;
    std::string baseString; ///< what was signed
    std::int64_t nowMs = 0; ///< of this platform's clock
};

/// For every answer that is not the one hoped for.
Explanation explain(const jira::HttpResponse& response, const Circumstances& circumstances);

/// The clocks of this platform and of Jira differ by more than Jira tolerates.
Cause clocksDiffer(std::int64_t ourMs, std::int64_t jirasMs);

/// Whether two base URLs are the same address: case of the host, default ports and a '/' at the end do not
/// matter.
bool sameBaseUrl(const std::string& a, const std::string& b);

} // namespace jira_plugin::oauth1
