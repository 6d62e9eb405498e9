#pragma once

#include "reconciliation_report.hpp"

#include <string>

namespace jira_plugin::sync {

/// As it is stored.
std::string reportToJson(const ReconciliationReport& report);
/// What is missing keeps its default, so that older texts are read.
ReconciliationReport reportFromJson(const std::string& text);

} // namespace jira_plugin::sync
