#pragma once

#include "remedies.hpp"
#include "transport.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace jira_plugin::jira {

/// What happens when the same request arrives at Jira twice.
enum class Effect {
    Read,       ///< nothing
    Repeatable, ///< the same as once: DELETE, PUT of a whole value
    Changes,    ///< something else: a second step of a workflow, what a person set meanwhile overwritten
    Creates     ///< a second ticket, comment or webhook
};

/// Whether the outcome of a request must be looked up before it is sent again.
inline bool mustNotRepeat(Effect effect) {
    return effect == Effect::Changes || effect == Effect::Creates;
}

/// What one call wants, for the messages about it.
struct CallContext {
    std::string what;  ///< "create tickets in PAY"
    std::string site;  ///< "acme.atlassian.net"
    std::string scope; ///< OAuth scope the call needs, e.g. "write:jira-work"; empty: none
    Effect effect = Effect::Read;
    std::int64_t nowMs = 0;
    Topic topic = Topic::Ticket;
};

/// What an answer means.
struct Verdict {
    enum class Kind { Success, TokenRefused, ScopeMissing, RetryLater, UnknownOutcome, Refusal };
    Kind kind = Kind::Success;
    int status = 0;
    std::string message;
    std::string remedy;
    std::map<std::string, std::string> fields; ///< Refusal
    std::int64_t retryAfterMs = 0;             ///< RetryLater
};

/// Judges an answer by status, media type and field names, never by localised words. A pure function.
/// 400, 401, 403, 404, 409, 413, 415, 422 and 429 mean that nothing was created; 408 and 5xx leave it open,
/// and so does a success that cannot be read.
Verdict classify(const HttpResponse& response, const CallContext& context);

/// The same for a request that got no complete answer.
Verdict classify(const TransportError& error, const CallContext& context);

/// Throws the type of errors.hpp that belongs to the verdict; returns for Success.
void throwUnlessSuccess(const Verdict& verdict);

} // namespace jira_plugin::jira
