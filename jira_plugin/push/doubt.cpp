#include "doubt.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

DoubtRuling park(const char* cause, const std::string& message, const std::string& remedy) {
    DoubtRuling ruling;
    ruling.kind = DoubtRuling::Kind::Park;
    ruling.cause = cause;
    ruling.message = message;
    ruling.remedy = remedy;
    return ruling;
}

// Ids are numbers as text and grow with time.
bool isOlder(const jira::Issue& one, const jira::Issue& other) {
    return one.id.size() != other.id.size() ? one.id.size() < other.id.size() : one.id < other.id;
}

// Search may match more loosely than we mean, so the label is compared here.
std::vector<jira::Issue> ours(const store::OutboxRow& row, const std::vector<jira::Issue>& found) {
    std::vector<jira::Issue> issues;
    for (const jira::Issue& issue : found)
        if (std::find(issue.labels.begin(), issue.labels.end(), row.dedupeLabel) != issue.labels.end())
            issues.push_back(issue);
    std::sort(issues.begin(), issues.end(), &isOlder);
    return issues;
}

} // namespace

DoubtRuling ruleOnDoubt(const store::OutboxRow& row, const std::string& system,
                        const std::vector<jira::Issue>& found, std::int64_t lookedUpAtMs,
                        std::int64_t settleMs) {
    const std::string retry = "Look in Jira for a ticket of this finding. If there is none, retry it here.";
    if (!row.sentLabelled)
        return park(
            "doubt/no_label",
            "Jira's answer to the ticket's creation was lost, and the project takes no labels to find it by.",
            retry + " Put 'Labels' on the project's create screen, so that it is found by itself.");
    if (row.sentSystem != system)
        return park(
            "doubt/other_site",
            "Jira's answer to the ticket's creation was lost, and another Jira is connected since.",
            "Look for the ticket in the Jira that was connected before. To create it in this one, retry it.");

    std::vector<jira::Issue> issues = ours(row, found);
    const auto elsewhere = std::stable_partition(issues.begin(), issues.end(), [&](const jira::Issue& issue) {
        return issue.projectId.empty() || issue.projectId == row.sentProject;
    });
    DoubtRuling ruling;
    if (elsewhere != issues.begin()) {
        ruling.kind = DoubtRuling::Kind::Adopt;
        ruling.issue = issues.front();
        ruling.doubles.assign(issues.begin() + 1, issues.end());
        return ruling;
    }
    if (lookedUpAtMs < row.sentAtMs + settleMs)
        return ruling;
    if (!issues.empty())
        return park(
            "doubt/other_project",
            "Jira's answer to the ticket's creation was lost. " + issues.front().key +
                " carries the finding's label, but is in another project than it was sent to.",
            "If " + issues.front().key +
                " is this finding's ticket, keep it and leave this as it is. Otherwise remove the label " +
                row.dedupeLabel + " from it and retry.");
    ruling.kind = DoubtRuling::Kind::Resend;
    return ruling;
}

} // namespace jira_plugin::push
