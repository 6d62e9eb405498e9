#pragma once

#include "oauth1/explanation.hpp"

#include "jira/transport.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::connection {

/// Why an organisation cannot be connected to Jira Data Center: what() says what is wrong in one sentence,
/// the causes why that may be and what mends it.
class ServerProblem : public std::runtime_error {
public:
    enum class Kind {
        Input,       ///< what was entered must be changed
        State,       ///< something else must be done first
        Refused,     ///< Jira, or what stands before it, did not accept the request
        Unreachable, ///< no complete answer
    };
    struct Possible {
        std::string cause;
        std::string fix;
    };

    ServerProblem(Kind kind, std::string code, const std::string& sentence, std::vector<Possible> causes)
        : std::runtime_error(sentence), _kind(kind), _code(std::move(code)), _causes(std::move(causes)) {}

    Kind kind() const { return _kind; }
    /// A word for APIs and logs, e.g. "consumer_key_unknown".
    const std::string& code() const { return _code; }
    /// At least one, the likeliest first.
    const std::vector<Possible>& causes() const { return _causes; }

private:
    Kind _kind;
    std::string _code;
    std::vector<Possible> _causes;
};

/// What is wrong when Jira answers like this.
ServerProblem serverProblem(const oauth1::Explanation& explanation);
ServerProblem serverProblem(const oauth1::Cause& cause);
/// The same where there is no complete answer.
ServerProblem serverProblem(const jira::TransportError& error);

} // namespace jira_plugin::connection
