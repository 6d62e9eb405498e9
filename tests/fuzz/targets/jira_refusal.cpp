#include "input.hpp"
#include "jira/classify.hpp"
#include "jira/error_body.hpp"
#include "jira/retry_after.hpp"
#include "target.hpp"

/// Any answer of Jira, of a gateway or of a proxy before it.
FUZZ_TARGET(jira_refusal) {
    using namespace jira_plugin::jira;
    const HttpResponse response = fuzz::readHttp(input);
    const std::int64_t now = 1'750'000'000'000;
    fuzz::require(readErrorBody(response).text().find('\n') == std::string::npos, "an error is on one line");
    const auto wait = retryAfterMs(response, now);
    fuzz::require(wait >= 0 && wait <= 86'400'000, "nobody waits longer than a day");
    for (const Effect effect : {Effect::Read, Effect::Repeatable, Effect::Changes, Effect::Creates}) {
        const Verdict verdict = classify(
            response, {"create a ticket", "acme.example", "write:jira-work", effect, now, Topic::Ticket});
        const bool isSuccess = verdict.kind == Verdict::Kind::Success;
        fuzz::require(isSuccess || !verdict.message.empty(), "a failure is explained");
        fuzz::require(!isSuccess || (response.status >= 200 && response.status < 300),
                      "success has a status of 2xx");
    }
}
