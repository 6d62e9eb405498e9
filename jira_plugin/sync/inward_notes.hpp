#pragma once

#include "contracts.hpp"
#include "host/services.hpp"

#include <string>

/// What a finding's timeline tells of its ticket. Pure. Everything of Jira's in it is plain text. Keys make
/// sure that the same thing told twice is there once.
namespace jira_plugin::sync {

enum class Turn { None, Closed, Reopened };

/// "PAY-3 was closed in Jira as Done by Sam Rivera."
std::string turnText(Turn turn, const jira::IssueState& issue, const Hint& hint);
/// What became of the finding, a sentence. status: its new one; nothing: it stays `now`.
std::string outcomeText(Turn turn, std::optional<host::FindingStatus> status, host::FindingStatus now);
/// number: how many turns the issue has taken, this one included.
host::TimelineEntry turnNote(Turn turn, const jira::IssueState& issue, const Hint& hint, std::int64_t number,
                             const std::string& outcome);

/// The key is another one: the issue was moved, or its project was given another key.
host::TimelineEntry movedNote(const std::string& oldKey, bool isRename, const jira::IssueState& issue,
                              const Hint& hint);

/// Says that the finding is what it was, and how to get a ticket again.
host::TimelineEntry goneNote(Gone how, const std::string& issueId, const std::string& key, const Hint& hint);
std::string goneKey(const std::string& issueId);
host::TimelineEntry backNote(const jira::IssueState& issue, const Hint& hint);

/// Another issue carries the label of a finding's ticket.
host::TimelineEntry cloneNote(const jira::IssueState& clone, const std::string& cloneUrl,
                              const std::string& key);

} // namespace jira_plugin::sync
