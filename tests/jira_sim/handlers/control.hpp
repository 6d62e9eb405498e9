#pragma once

#include <string>

#include "http/call.hpp"

/// Shared by the handlers of the control API (README.md, "Control API").
namespace jira_sim::control {

/// The site that a member or parameter `site` names (name or cloud id); the first without one.
Site& site(const Call& call, const std::string& name);
/// By account id or display name. Throws Refusal.
User& person(const Call& call, const std::string& name);
/// By id or key. Throws Refusal.
Project& project(const Site& site, const std::string& idOrKey);
/// The actor of a change by hand: the account of member `as`, else the second person of the seed, so that a
/// change made here is not mistaken for one of the app's account.
User& hand(const Call& call, const std::string& name);
/// An issue as plain JSON, index delay or not.
json::ObjectPtr issueJson(const Call& call, const Site& site, const Issue& issue);
/// Moves an issue to a status by id or name, whatever the workflow says.
IssuePtr moveTo(const Call& call, Site& site, const User& actor, const Issue& issue,
                const std::string& status, const std::string& resolution);

} // namespace jira_sim::control
