#pragma once

#include "jira/issue_state.hpp"
#include "settings.hpp"

#include <optional>

/// What a ticket's end or return means for its findings. Pure.
namespace jira_plugin::sync {

/// What a finding becomes whose ticket was closed; nothing: it stays as it is.
///
/// An open finding follows the policy. One that is resolved already, by a scan or a person, has nothing left
/// to be closed. One that a person accepted or marked as a false positive keeps that judgement, since "the
/// ticket is closed" says less; only a resolution that the policy names says more, and replaces it.
std::optional<host::FindingStatus> whenClosed(const SyncSettings& settings, const jira::Named& resolution,
                                              host::FindingStatus now);

/// What a finding becomes whose ticket was reopened; nothing: it stays as it is.
/// isVerdict: it has its status because of the ticket. isShared: other findings have the same ticket.
///
/// What the ticket made of it, the ticket takes back; what a person accepted stays accepted. A finding that
/// the scanner no longer reports is opened when the ticket can only mean this one.
std::optional<host::FindingStatus> whenReopened(host::FindingStatus now, bool isVerdict, bool isShared);

} // namespace jira_plugin::sync
