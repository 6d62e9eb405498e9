#pragma once

#include <string>
#include <vector>

namespace jira_sim::jql {

struct Token {
    enum Kind { Word, Quoted, Symbol, End } kind = End;
    std::string text;
    std::size_t at = 0; ///< offset in the query
};

/// What Jira says about a query it refuses: `errorMessages`.
struct Refused {
    std::string message;
};

/// `Error in the JQL Query: ... (line 1, character N)`
Refused syntaxError(const std::string& text, const std::string& query, std::size_t at);

/// Splits a query into tokens, the last one being End. Throws Refused.
std::vector<Token> tokens(const std::string& query);

} // namespace jira_sim::jql
