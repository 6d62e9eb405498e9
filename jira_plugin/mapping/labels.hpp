#pragma once

#include "host/finding.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

constexpr std::size_t maxLabelUnits = 255;
/// More than anybody reads; keeps a finding with thousands of labels from becoming an unreadable ticket.
constexpr std::size_t maxLabels = 100;

/// A label as Jira accepts it: white space becomes '-', control characters vanish, at most 255 UTF-16 units.
/// May come out empty.
std::string cleanLabel(const std::string& text);

/// The labels of a finding's ticket: the templates with {severity} {scanner} {project} {rule} {cwe} filled
/// in, then the finding's own, then dedupeLabel, which is always there. A template whose placeholder has no
/// value is left out; several CWEs give one label each; empty and repeated labels are dropped.
std::vector<std::string> makeLabels(const std::vector<std::string>& templates, const host::Finding& finding,
                                    const std::string& dedupeLabel);

/// What is wrong with a template, as a sentence; nothing when it is fine.
std::optional<std::string> problemOfTemplate(const std::string& text);

} // namespace jira_plugin::mapping
