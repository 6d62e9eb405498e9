#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// A webhook as Jira lists it.
struct Webhook {
    std::string id;
    std::string url;
    std::vector<std::string> events;
    std::string jql;              ///< empty: all issues, or Jira does not say (Data Center 10)
    std::int64_t expiresAtMs = 0; ///< 0: never
    bool enabled = true;
};

struct WebhookOrder {
    std::string name; ///< what an administrator of Data Center sees
    std::string url;
    std::vector<std::string> events;
    std::string jql; ///< Data Center 10 has no documented place for it: there all issues are delivered
    std::vector<std::string> propertyKeys; ///< Cloud: issue_property_set tells of these alone; empty: of all
    std::string secret;                    ///< Data Center 10 and later sign with it; ignored elsewhere
};

/// The webhooks of this app (Cloud: dynamic webhooks) or of the site (Data Center). Safe from any thread;
/// every function goes to the network and throws the types of errors.hpp; on Data Center Refusal 403 or 401
/// when the account is no administrator. Source: developer.atlassian.com, REST v3 "Webhooks"; Data Center
/// "Managing webhooks".
class Webhooks {
public:
    virtual ~Webhooks() = default;
    enum class Kind {
        Dynamic,     ///< Cloud: expire after 30 days, at most 5, delivered with a JWT of the app's secret
        Unsigned,    ///< Data Center before 10: nothing on a delivery proves its origin
        SecretSigned ///< Data Center 10 and later: X-Hub-Signature
    };
    virtual Kind kind() = 0;
    virtual std::vector<Webhook> list() = 0;
    /// Its id. A refusal inside a 200 is thrown as Refusal.
    virtual std::string add(const WebhookOrder& order) = 0;
    /// New time of expiry; Kind::Dynamic only.
    virtual std::int64_t refresh(const std::vector<std::string>& ids) = 0;
    /// Unknown ids are no failure.
    virtual void remove(const std::vector<std::string>& ids) = 0;
};

} // namespace jira_plugin::jira
