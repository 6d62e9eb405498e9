#pragma once

#include "oauth_protocol.hpp"
#include "token_keeper.hpp"

#include "jira/token_source.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace jira_plugin::connection {

class InterruptedRenewals;

/// The tokens of one organisation: hands out an access token, and refreshes it some minutes before it ends or
/// when Jira refuses it.
///
/// A refresh token may be used once, so only one thread of one process refreshes at a time, by a lease in the
/// database; the others wait and take the result. The new pair is stored before it is used. A process that
/// dies in between, or gets no answer, is left with the old token, which Atlassian accepts for ten more
/// minutes; InterruptedRenewals see to that. Safe from any thread.
class StoredTokens : public jira::TokenSource, private TokenKeeper {
public:
    /// interrupted: borrowed; hears of refreshes whose end is not known.
    StoredTokens(Context& context, std::string organisation, InterruptedRenewals& interrupted)
        : TokenKeeper(context, std::move(organisation), cloudDeployment), _interrupted(interrupted) {}

    std::string token() override;
    std::string tokenAfter(const std::string& refused) override;
    void giveUp(const std::string& message, const std::string& remedy) override;
    void checkGrant(const std::string& message, const std::string& remedy) override;

    /// Refreshes whether it is due or not.
    void renewNow();
    /// Refreshes if somebody began to and it is not known how that ended.
    void resume();
    /// Refreshes a grant that was not refreshed for a week: unused ones die after ninety days.
    void keepAlive();

private:
    struct Unsaved {
        std::int64_t version;
        Grant grant;
        std::int64_t grantedAtMs;
    };

    /// Whether Atlassian says that the grant is good for the site. Throws jira::RetryLater when it does not
    /// say.
    bool isListed(const ConnectionRecord& record);
    bool isFresh(const ConnectionRecord& record) const;
    std::string adopt(const ConnectionRecord& record);
    std::string renew(const std::string& refused);
    bool refreshOnce(const ConnectionRecord& record);
    void requestTokens(const ConnectionRecord& record);
    void store(Unsaved unsaved);
    void storeUnsaved();

    InterruptedRenewals& _interrupted;
    Secret _token;
    std::int64_t _tokenVersion = 0;
    std::optional<Unsaved> _unsaved; ///< refreshed, but the database did not take it yet
};

} // namespace jira_plugin::connection
