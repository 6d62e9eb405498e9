#include "connection/oauth_protocol.hpp"
#include "input.hpp"
#include "target.hpp"

/// Answers of Atlassian's token endpoint, and the list of sites.
FUZZ_TARGET(oauth2_answer) {
    using namespace jira_plugin::connection;
    const auto response = fuzz::readHttp(input);
    const TokenAnswer answer = readTokenAnswer(response, 1'750'000'000'000);
    if (answer.kind == TokenAnswer::Kind::Granted) {
        fuzz::require(!answer.grant.accessToken.empty(), "a grant has a token");
        fuzz::require(answer.grant.lifetimeMs >= 0, "a token lives on");
    }
    for (const Site& site : readSites(response.body))
        fuzz::require(!site.id.empty(), "a site has an id");
}
