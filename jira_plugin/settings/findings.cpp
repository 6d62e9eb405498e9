#include "handlers.hpp"

#include "mapping/text.hpp"
#include "push_json.hpp"

/// Findings to choose from, and why one has no ticket.
namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t scanPage = 500;
constexpr std::size_t mostScanned = 5000;

Object::Ptr findingJson(const host::Finding& finding) {
    Object::Ptr json = new Object;
    json->set("id", finding.id);
    json->set("title", finding.title);
    json->set("severity", std::string(host::toString(finding.severity)));
    json->set("project", finding.project);
    json->set("projectKey", finding.projectKey);
    json->set("url", nullIfEmpty(finding.url));
    json->set("scanner", nullIfEmpty(finding.scanner));
    json->set("filePath", nullIfEmpty(finding.filePath));
    json->set("line", finding.line > 0 ? Var(finding.line) : Var());
    return json;
}

bool mentions(const host::Finding& finding, const std::string& lower) {
    for (const auto* text :
         {&finding.title, &finding.id, &finding.filePath, &finding.ruleId, &finding.scanner})
        if (mapping::lowerAscii(*text).find(lower) != std::string::npos)
            return true;
    return false;
}

struct Found {
    std::vector<host::Finding> findings;
    bool isComplete = true; ///< false: there are more than were looked at or asked for
};

/// Looks at a bounded number of findings in the order of their ids.
Found search(Context& context, const std::string& project, const std::string& text, std::size_t limit) {
    const std::string lower = mapping::lowerAscii(mapping::oneLine(text));
    Found found;
    std::string after;
    for (std::size_t scanned = 0; scanned < mostScanned; scanned += scanPage) {
        const auto page = context.parts.host.findings.list(context.organisation(), project, after, scanPage);
        for (const auto& finding : page) {
            if (!mentions(finding, lower))
                continue;
            if (found.findings.size() == limit)
                return {std::move(found.findings), false};
            found.findings.push_back(finding);
        }
        if (page.size() < scanPage)
            return found;
        after = page.back().id;
    }
    found.isComplete = false;
    return found;
}

struct Explanation {
    std::string verdict;
    std::string message;
    std::string remedy;
};

std::string orElse(const std::string& text, const char* standard) {
    return text.empty() ? standard : text;
}

Explanation notConnected(bool isQueued) {
    return {"not_connected",
            isQueued ? "The ticket is queued, and Jira is not connected."
                     : "Jira is not connected, so no ticket can be created.",
            "An admin connects Jira under Settings > Integrations > Jira."};
}

/// A push that has begun and not ended.
Explanation explainOpen(const store::OutboxRow& row, const std::optional<store::Pause>& pause) {
    const std::string word = stateWord(row.state);
    if (word == "in_doubt")
        return {word, orElse(row.message, "Jira did not answer whether it created the ticket."),
                orElse(row.remedy, "It is looked up in Jira by its label; nothing needs to be done.")};
    if (word == "parked")
        return {word, orElse(row.message, "Jira did not take the ticket."),
                orElse(row.remedy, "Change what the message names, then try it again.")};
    if (pause)
        return {"waiting", pause->message, pause->remedy};
    if (word == "waiting")
        return {word, orElse(row.message, "The ticket waits for Jira."),
                orElse(row.remedy, "It is sent by itself when Jira answers again.")};
    return {word, "The ticket is queued and will be sent in its turn.", "Nothing needs to be done."};
}

Explanation explainPush(Context& context, const store::ListedPush& push) {
    if (push.row.state == store::OutboxState::Created)
        return {"created",
                push.link ? "The finding has the ticket " + push.link->ticket.key + "."
                          : "The finding has a ticket.",
                "Nothing needs to be done."};
    const bool waitsForJira =
        push.row.state == store::OutboxState::Queued || push.row.state == store::OutboxState::Waiting;
    if (waitsForJira && !context.parts.connections.isConnected(context.organisation()))
        return notConnected(true);
    return explainOpen(push.row, context.parts.pushes.pause(context.organisation()));
}

std::string statusWords(host::FindingStatus status) {
    switch (status) {
    case host::FindingStatus::Resolved:
        return "resolved";
    case host::FindingStatus::Accepted:
        return "accepted as a risk";
    case host::FindingStatus::FalsePositive:
        return "a false positive";
    case host::FindingStatus::NotFound:
        return "not found by the scanner any more";
    case host::FindingStatus::AwaitingScan:
        return "waiting for the next scan";
    case host::FindingStatus::Open:
        break;
    }
    return "open";
}

/// Nobody asked for a ticket; the first reason why none could have been created comes first.
Explanation explainNoPush(Context& context, const host::Finding& finding) {
    if (finding.status != host::FindingStatus::Open)
        return {"settled",
                "No ticket was asked for while the finding was open; it is " + statusWords(finding.status) +
                    " now.",
                "Nothing needs to be done. When it is open again, a ticket can be created from its page."};
    if (!context.parts.connections.isConnected(context.organisation()))
        return notConnected(false);
    if (!context.parts.mappings.project(context.organisation(), finding.project))
        return {"not_mapped", "The project " + finding.projectKey + " is not mapped to a Jira project.",
                "Map it under Settings > Integrations > Jira > Project Mapping, then create the ticket."};
    return {"not_asked", "No ticket was asked for, neither by a person nor by a policy.",
            "Create the ticket from the finding's page."};
}

} // namespace

Response listFindings(Context& context) {
    const auto limit = static_cast<std::size_t>(context.queryNumber("limit", 20, 1, 100));
    const std::string reference = context.query("project");
    const std::string project = reference.empty() ? "" : context.project(reference).id;
    const Found found = search(context, project, context.query("text"), limit);
    Array::Ptr findings = new Array;
    for (const auto& finding : found.findings)
        findings->add(findingJson(finding));
    Object::Ptr json = new Object;
    json->set("findings", findings);
    json->set("complete", found.isComplete);
    return jsonResponse(200, json);
}

Response explainFinding(Context& context) {
    const std::string id = context.path("finding");
    const auto finding = context.parts.host.findings.get(context.organisation(), id);
    if (!finding)
        throw notFound("finding '" + mapping::cutText(mapping::oneLine(id), 80) + "'");
    const auto push = context.parts.pushes.find(context.organisation(), id);
    const Explanation why = push ? explainPush(context, *push) : explainNoPush(context, *finding);
    Object::Ptr json = new Object;
    json->set("finding", findingJson(*finding));
    json->set("verdict", why.verdict);
    json->set("message", why.message);
    json->set("remedy", why.remedy);
    json->set("push", push ? Var(pushJson(*push)) : Var());
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
