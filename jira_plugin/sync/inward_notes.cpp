#include "inward_notes.hpp"

namespace jira_plugin::sync {
namespace {

std::string by(const Hint& hint) {
    if (!hint.actor.empty())
        return " by " + hint.actor;
    return hint.source == Hint::Source::Webhook ? "" : " (noticed when both sides were compared)";
}

std::int64_t timeOf(const jira::IssueState& issue, const Hint& hint) {
    return hint.atMs > 0 ? hint.atMs : issue.updatedMs;
}

const char* nameOf(host::FindingStatus status) {
    switch (status) {
    case host::FindingStatus::Open:
        return "open";
    case host::FindingStatus::Resolved:
        return "resolved";
    case host::FindingStatus::Accepted:
        return "an accepted risk";
    case host::FindingStatus::FalsePositive:
        return "a false positive";
    case host::FindingStatus::NotFound:
        return "no longer reported by the scanner";
    case host::FindingStatus::AwaitingScan:
        return "closed in Jira, awaiting scan";
    }
    return "unchanged";
}

} // namespace

std::string turnText(Turn turn, const jira::IssueState& issue, const Hint& hint) {
    if (turn == Turn::Reopened)
        return issue.key + " was reopened in Jira (" + issue.status.name + ")" + by(hint) + ".";
    const std::string& as = issue.resolution.name.empty() ? issue.status.name : issue.resolution.name;
    return issue.key + " was closed in Jira as " + as + by(hint) + ".";
}

std::string outcomeText(Turn turn, std::optional<host::FindingStatus> status, host::FindingStatus now) {
    if (status == host::FindingStatus::AwaitingScan)
        return "The finding is closed in Jira, awaiting scan.";
    if (status)
        return std::string("The finding is ") + nameOf(*status) + " now.";
    const bool isJudgement =
        now == host::FindingStatus::Accepted || now == host::FindingStatus::FalsePositive;
    if (isJudgement)
        return std::string("The finding stays ") + nameOf(now) + ", as was decided here.";
    if (turn == Turn::Reopened && now == host::FindingStatus::NotFound)
        return "The finding stays as it is: the scanner no longer reports it, and the ticket has others.";
    return std::string("The finding was ") + nameOf(now) + " already.";
}

host::TimelineEntry turnNote(Turn turn, const jira::IssueState& issue, const Hint& hint, std::int64_t number,
                             const std::string& outcome) {
    host::TimelineEntry entry;
    entry.key = "jira.turn." + issue.id + "." + std::to_string(number);
    entry.text = turnText(turn, issue, hint) + " " + outcome;
    entry.atMs = timeOf(issue, hint);
    return entry;
}

host::TimelineEntry movedNote(const std::string& oldKey, bool isRename, const jira::IssueState& issue,
                              const Hint& hint) {
    host::TimelineEntry entry;
    entry.key = "jira.moved." + issue.id + "." + issue.key;
    entry.text =
        isRename ? "The Jira project of " + oldKey + " has another key now: the ticket is " + issue.key + "."
                 : oldKey + " was moved in Jira" + by(hint) + ": the ticket is " + issue.key + " now.";
    entry.atMs = timeOf(issue, hint);
    return entry;
}

std::string goneKey(const std::string& issueId) {
    return "jira.gone." + issueId;
}

host::TimelineEntry goneNote(Gone how, const std::string& issueId, const std::string& key, const Hint& hint) {
    host::TimelineEntry entry;
    entry.kind = host::TimelineEntry::Kind::Problem;
    entry.key = goneKey(issueId);
    entry.atMs = hint.atMs;
    if (how == Gone::Deleted) {
        entry.text = key + " was deleted in Jira" + by(hint) + ". The finding stays as it is.";
        entry.remedy = "Create the ticket again, or link the finding to another ticket.";
    } else {
        entry.text = key +
                     " cannot be read any more: it was archived or deleted in Jira, or the account that " +
                     "is connected may not see it. The finding stays as it is.";
        entry.remedy = "Let the account see the ticket again. If the ticket is gone for good, create it "
                       "again, or link the finding to another ticket.";
    }
    return entry;
}

host::TimelineEntry backNote(const jira::IssueState& issue, const Hint& hint) {
    host::TimelineEntry entry;
    entry.key = "jira.back." + issue.id + "." + std::to_string(issue.updatedMs);
    entry.text = issue.key + " can be read again.";
    entry.atMs = timeOf(issue, hint);
    return entry;
}

host::TimelineEntry cloneNote(const jira::IssueState& clone, const std::string& cloneUrl,
                              const std::string& key) {
    host::TimelineEntry entry;
    entry.key = "jira.clone." + clone.id;
    entry.text = clone.key + " in Jira is a copy of " + key +
                 " and carries its label. It is not this finding's ticket: what happens to it changes "
                 "nothing here.";
    entry.url = cloneUrl;
    return entry;
}

} // namespace jira_plugin::sync
