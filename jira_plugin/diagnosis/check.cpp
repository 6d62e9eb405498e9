#include "check.hpp"

#include "jira/errors.hpp"
#include "jira/transport.hpp"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

namespace jira_plugin::diagnosis {

const char* toString(CheckState state) {
    switch (state) {
    case CheckState::Running:
        return "running";
    case CheckState::Ok:
        return "ok";
    case CheckState::Warning:
        return "warning";
    case CheckState::Failed:
        return "failed";
    case CheckState::Skipped:
        break;
    }
    return "skipped";
}

Judgement ok(std::string evidence) {
    return {CheckState::Ok, std::move(evidence), "", "", std::nullopt};
}

Judgement skipped(std::string evidence) {
    return {CheckState::Skipped, std::move(evidence), "", "", std::nullopt};
}

Judgement judge(const std::exception_ptr& error) {
    Judgement judgement{CheckState::Failed, "", "", "", std::nullopt};
    try {
        std::rethrow_exception(error);
    } catch (const jira::Error& e) {
        judgement.cause = e.what();
        judgement.remedy = e.remedy();
    } catch (const jira::TransportError& e) {
        judgement.cause = e.what();
        judgement.remedy = e.remedy();
    } catch (const std::exception& e) {
        judgement.cause = std::string("The check itself failed: ") + e.what();
        judgement.remedy = "Run it again; if it stays, send the support bundle to the vendor.";
    }
    return judgement;
}

const std::vector<CheckKind>& checkKinds() {
    static const std::vector<CheckKind> kinds{
        {"configuration", "Configuration of the platform", false, {}},
        {"public_url", "Public address of this platform", false, {}},
        {"name_resolution", "Names of Atlassian's servers", false, {"configuration"}},
        {"tcp", "Network connection to Atlassian", false, {"name_resolution"}},
        {"tls", "TLS certificates", false, {"tcp"}},
        {"clock", "Clock of this platform", false, {"tls"}},
        {"token", "Access token", false, {"configuration", "tls"}},
        {"scopes", "Granted permissions", false, {"token"}},
        {"account", "Connected account", false, {"token"}},
        {"projects", "Jira projects", false, {"token"}},
        {"permissions", "Permissions in the Jira project", true, {"token"}},
        {"create_metadata", "Issue type and required fields", true, {"token"}},
        {"priorities", "Priorities", true, {"token"}},
        {"workflow", "Workflow of new tickets", true, {"token"}},
        {"queue", "Queue of tickets", false, {}},
        {"webhook", "Webhook registered", false, {"token"}},
        {"webhook_heard", "Webhook heard", false, {"webhook"}}};
    return kinds;
}

std::string utcText(std::int64_t ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d %H:%M") + " UTC";
}

std::string countText(std::int64_t count, const std::string& thing) {
    return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

} // namespace jira_plugin::diagnosis
