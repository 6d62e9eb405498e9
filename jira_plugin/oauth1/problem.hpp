#pragma once

#include "jira/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::oauth1 {

/// What Jira says when it refuses a signed request: an oauth_problem with its details, from the
/// WWW-Authenticate header, the form-encoded body, or both.
/// Source: wiki.oauth.net/w/page/12238543/ProblemReporting
struct Problem {
    std::string name;   ///< e.g. "signature_invalid"
    std::string advice; ///< Jira's words, one line
    /// The times that Jira would have accepted, in ms since 1970.
    struct Range {
        std::int64_t fromMs = 0;
        std::int64_t toMs = 0;
    };
    std::optional<Range> acceptable;
    std::vector<std::string> absent;   ///< names of parameters that Jira missed
    std::vector<std::string> rejected; ///< names of parameters that it did not like
    std::string signatureBaseString;   ///< what Jira believes was to be signed; may hold a token: never shown
};

/// Nothing when the answer names no problem, whatever its status.
std::optional<Problem> readProblem(const jira::HttpResponse& response);

} // namespace jira_plugin::oauth1
