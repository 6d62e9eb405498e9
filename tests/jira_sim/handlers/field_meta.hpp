#pragma once

#include <vector>

#include "http/call.hpp"

/// What createmeta and editmeta say about a field.
namespace jira_sim::view {

json::ObjectPtr schemaJson(const Field& field);
json::ObjectPtr fieldJson(const Call& call, const Project& project, const IssueType& type, const Field& field,
                          bool required);
/// The fields of the screen that the person may set.
std::vector<ScreenField> settable(const Call& call, const Project& project, const IssueType& type);
/// The page asked for; more than 200 at once is refused.
Page metaPage(const Call& call);
/// The project of the path; refused with 400 when it is unknown or closed to the person.
const Project& metaProject(const Call& call);

} // namespace jira_sim::view
