#pragma once

#include "server_handshake.hpp"
#include "token_keeper.hpp"

#include "jira/request_signer.hpp"
#include "oauth1/token_answer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace jira_plugin::connection {

class ServerKeys;

/// Puts an access token into a record, sealed.
void sealToken(Context& context, ConnectionRecord& record, const oauth1::Token& token);

/// Signs with an access that is not stored yet.
class GrantedAccess : public jira::RequestSigner {
public:
    GrantedAccess(const Context& context, Identity identity, Secret token)
        : _context(context), _identity(std::move(identity)), _token(std::move(token)) {}

    oauth1::Signature sign(const jira::HttpRequest& request, std::int64_t clockOffsetMs) override;
    std::string consumerKey() const override { return _identity.consumerKey; }
    void giveUp(const std::string& /*message*/, const std::string& /*remedy*/) override {}

private:
    const Context& _context;
    const Identity _identity;
    const Secret _token;
};

/// Signs the requests of one organisation to its Jira Data Center, and renews the access token with its
/// session handle some weeks before it ends or when Jira calls it expired. Only one thread of one process
/// renews at a time, by a lease in the database. Safe from any thread.
class ServerTokens : public jira::RequestSigner, private TokenKeeper {
public:
    ServerTokens(Context& context, ServerKeys& keys, std::string organisation)
        : TokenKeeper(context, std::move(organisation), serverDeployment), _keys(keys) {}

    oauth1::Signature sign(const jira::HttpRequest& request, std::int64_t clockOffsetMs) override;
    bool renewAfter(const oauth1::Signature& refused) override;
    std::shared_ptr<jira::RequestSigner> other(const oauth1::Signature& refused) override;
    std::string consumerKey() const override;
    void giveUp(const std::string& message, const std::string& remedy) override;

    /// Renews whether it is due or not.
    void renewNow();
    /// Renews what ends soon.
    void keepAlive();

private:
    class OtherPair;

    bool isDue(const ConnectionRecord& record) const;
    void adopt(const ConnectionRecord& record);
    void renew(const ConnectionRecord& record);
    void requestToken(const ConnectionRecord& record);

    ServerKeys& _keys;
    std::optional<Identity> _identity;
    Secret _token;
    std::int64_t _version = 0; ///< of the connection that _token and _identity are from
};

} // namespace jira_plugin::connection
