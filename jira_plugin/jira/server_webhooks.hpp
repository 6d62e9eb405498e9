#pragma once

#include "known_dialect.hpp"
#include "rest_call.hpp"
#include "webhooks.hpp"

namespace jira_plugin::jira {

/// The webhooks of a Data Center site, by the API of its version. call and dialect: outlive it.
/// Source: "Managing webhooks" for Jira Data Center; the API changed with 10.0.
class ServerWebhooks : public Webhooks {
public:
    ServerWebhooks(RestCall& call, KnownDialect& dialect) : _call(call), _dialect(dialect) {}

    Kind kind() override;
    std::vector<Webhook> list() override;
    std::string add(const WebhookOrder& order) override;
    /// Nothing expires on Data Center: 0.
    std::int64_t refresh(const std::vector<std::string>& /*ids*/) override { return 0; }
    void remove(const std::vector<std::string>& ids) override;

private:
    /// The answer of `ask` in the form of the known version, or in the other one when Jira was upgraded
    /// meanwhile.
    template <class Ask> auto inKnownForm(Ask&& ask);
    /// Sends; a 401 is a refusal and no dead connection when Jira takes the account elsewhere.
    HttpResponse send(const CallRequest& request);

    RestCall& _call;
    KnownDialect& _dialect;
};

} // namespace jira_plugin::jira
