#include "outcome.hpp"

#include "jira/errors.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::push {

const char* const mappingCauses[3] = {"mapping/", "field/", "project/"};
const char* const connectionCause = "connection";

namespace {

bool isNotPermitted(int status) {
    return status == 401 || status == 403 || status == 404;
}
bool isUnknown(int status) {
    return status == 408 || status >= 500;
}

// What differs from finding to finding. A refusal of any other field meets the whole project and issue type.
bool isPerFinding(const std::string& field) {
    constexpr std::array<const char*, 6> fields{"summary",  "description", "labels",
                                                "priority", "assignee",    "duedate"};
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool isAboutMetadata(const RefusalFacts& refusal) {
    return std::any_of(refusal.fields.begin(), refusal.fields.end(), [](const auto& field) {
        return field.first != "summary" && field.first != "description" && field.first != "labels";
    });
}

// Broken documents are refused as a whole, without naming the field.
bool isAboutDescription(const RefusalFacts& refusal) {
    return refusal.fields.count("description") != 0 || (refusal.status == 400 && refusal.fields.empty());
}

std::string groupKey(const RefusalFacts& refusal, const Attempted& attempted) {
    const std::string where = attempted.projectKey + "/" + attempted.issueTypeId;
    if (!refusal.fields.empty())
        return "field/" + refusal.fields.begin()->first + "/" + where;
    if (isNotPermitted(refusal.status))
        return "project/" + std::to_string(refusal.status) + "/" + where;
    return "refused/" + std::to_string(refusal.status) + "/" + where;
}

Ruling park(const RefusalFacts& refusal, const Attempted& attempted) {
    Ruling ruling;
    ruling.next = Next::Park;
    ruling.cause = groupKey(refusal, attempted);
    ruling.message = refusal.message;
    ruling.remedy = refusal.remedy;
    ruling.configuration = isNotPermitted(refusal.status) ||
                           std::any_of(refusal.fields.begin(), refusal.fields.end(),
                                       [](const auto& field) { return !isPerFinding(field.first); });
    return ruling;
}

Ruling simple(Next next, const std::string& cause, const RefusalFacts& refusal) {
    Ruling ruling;
    ruling.next = next;
    ruling.cause = cause;
    ruling.message = refusal.message;
    ruling.remedy = refusal.remedy;
    return ruling;
}

} // namespace

Ruling ruleOnRefusal(const RefusalFacts& refusal, const Attempted& attempted) {
    if (refusal.status == 429)
        return simple(Next::Wait, "busy", refusal);
    if (isUnknown(refusal.status))
        return simple(Next::Doubt, "doubt/answer", refusal);
    if (isNotPermitted(refusal.status))
        return park(refusal, attempted);
    if (refusal.fields.count("assignee") != 0 && attempted.withAssignee)
        return simple(Next::AmendAssignee, "field/assignee", refusal);
    if (isAboutDescription(refusal) && attempted.withRichDescription)
        return simple(Next::AmendDescription, "field/description", refusal);
    if (isAboutMetadata(refusal) && !attempted.withFreshMetadata)
        return simple(Next::AmendMetadata, "field", refusal);
    return park(refusal, attempted);
}

Ruling ruleOnProblem(const std::exception& problem, bool sent) {
    Ruling ruling;
    ruling.message = problem.what();
    if (const auto* known = dynamic_cast<const jira::Error*>(&problem))
        ruling.remedy = known->remedy();
    if (const auto* later = dynamic_cast<const jira::RetryLater*>(&problem)) {
        ruling.next = Next::Wait;
        ruling.cause = "busy";
        ruling.retryAfterMs = later->retryAfterMs();
    } else if (dynamic_cast<const jira::ReconnectNeeded*>(&problem) ||
               dynamic_cast<const jira::NotConfigured*>(&problem)) {
        ruling.next = Next::AwaitConnection;
        ruling.cause = connectionCause;
    } else if (const auto* refusal = dynamic_cast<const jira::Refusal*>(&problem)) {
        return park({refusal->status(), refusal->what(), refusal->remedy(), refusal->fields()}, {});
    } else if (sent) {
        ruling.next = Next::Doubt;
        ruling.cause = "doubt/answer";
    } else {
        ruling.next = Next::Wait;
        ruling.cause = "busy";
    }
    if (ruling.remedy.empty())
        ruling.remedy = "Nothing needs to be done: it is tried again.";
    return ruling;
}

Ruling ruleOnHost(const std::exception& problem) {
    Ruling ruling;
    ruling.next = Next::Wait;
    ruling.message = std::string("The platform does not say what the ticket needs: ") + problem.what();
    ruling.remedy = "Nothing needs to be done: it is tried again. If it stays, the platform's log says why.";
    return ruling;
}

} // namespace jira_plugin::push
