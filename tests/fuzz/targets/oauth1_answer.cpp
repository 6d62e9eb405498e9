#include "input.hpp"
#include "oauth1/explanation.hpp"
#include "oauth1/handshake.hpp"
#include "oauth1/problem.hpp"
#include "oauth1/token_answer.hpp"
#include "target.hpp"

/// Answers of Jira Data Center to a signed request, and what a browser comes back with.
FUZZ_TARGET(oauth1_answer) {
    using namespace jira_plugin::oauth1;
    const auto response = fuzz::readHttp(input);
    if (const auto token = readToken(response))
        fuzz::require(!token->token.reveal().empty(), "a token is not empty");
    readProblem(response);
    const Circumstances circumstances{"https://jira.example", response.header("base"), "consumer", "GET&x&y",
                                      1'750'000'000'000};
    fuzz::require(!explain(response, circumstances).causes.empty(), "every failure is explained");
    readReturn(response.body);
    sameBaseUrl(response.body, circumstances.baseUrl);
}
