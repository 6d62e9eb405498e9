#include "server_problem.hpp"

#include <array>

namespace jira_plugin::connection {
namespace {

using oauth1::Reason;
using Kind = ServerProblem::Kind;
using TransportKind = jira::TransportError::Kind;

// In the order of oauth1::Reason.
constexpr std::array<const char*, 26> sentences{
    "Jira does not know the consumer key.",
    "The application link has no incoming authentication.",
    "The application link is disabled.",
    "The public key in Jira is another one than this platform's.",
    "The public key in Jira cannot be read.",
    "The base URL is not the one that Jira uses for itself.",
    "The request was changed on its way to Jira.",
    "The application link is of another kind.",
    "The clocks of this platform and of Jira differ.",
    "Jira received the same request twice.",
    "A part of the signature did not arrive.",
    "Jira does not accept a part of the request.",
    "Jira does not accept OAuth 1.0 here.",
    "Jira does not know the access that was granted.",
    "The access has expired.",
    "The access was revoked in Jira.",
    "This authorisation was already used.",
    "The access has not been allowed yet.",
    "The access was declined.",
    "Jira wants the access to be allowed again.",
    "Jira refuses the user or the application.",
    "A login page answered in place of Jira.",
    "Jira asks for a CAPTCHA.",
    "The address does not lead to Jira's OAuth.",
    "Jira failed.",
    "Jira did not accept the request.",
};

struct Broken {
    const char* code;
    const char* sentence;
};

Broken brokenBy(TransportKind kind) {
    switch (kind) {
    case TransportKind::Policy:
        return {"address_refused", "This address is not allowed."};
    case TransportKind::Dns:
        return {"name_unknown", "The name of the server cannot be resolved."};
    case TransportKind::Connect:
        return {"not_reachable", "The server does not take connections."};
    case TransportKind::Tls:
        return {"certificate_refused", "The TLS certificate of the server is not accepted."};
    case TransportKind::TlsTime:
        return {"certificate_time", "The TLS certificate of the server is not valid at this time."};
    case TransportKind::Timeout:
        return {"timeout", "The server did not answer in time."};
    case TransportKind::TooLarge:
    case TransportKind::Malformed:
        return {"not_jira", "The answer is not one of Jira."};
    case TransportKind::Cut:
    case TransportKind::Stopped:
        break;
    }
    return {"cut", "The connection ended before the answer was complete."};
}

} // namespace

ServerProblem serverProblem(const oauth1::Explanation& explanation) {
    std::vector<ServerProblem::Possible> causes;
    for (const auto& each : explanation.causes) {
        causes.push_back({each.cause, each.fix});
    }
    const Reason reason = explanation.first().reason;
    return {Kind::Refused, toString(reason), sentences[static_cast<std::size_t>(reason)], std::move(causes)};
}

ServerProblem serverProblem(const oauth1::Cause& cause) {
    oauth1::Explanation explanation;
    explanation.causes = {cause};
    return serverProblem(explanation);
}

ServerProblem serverProblem(const jira::TransportError& error) {
    const Broken broken = brokenBy(error.kind());
    const bool isInput = error.kind() == TransportKind::Policy || error.kind() == TransportKind::Dns;
    return {isInput ? Kind::Input : Kind::Unreachable,
            broken.code,
            broken.sentence,
            {{error.what(), error.remedy()}}};
}

} // namespace jira_plugin::connection
