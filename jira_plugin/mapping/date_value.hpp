#pragma once

#include <optional>
#include <string>

/// Dates and times as people and programs write them, in the form that Jira takes. Pure.
namespace jira_plugin::mapping {

/// A day of the calendar as yyyy-MM-dd; nothing for anything else.
std::optional<std::string> dateValue(const std::string& text);

/// yyyy-MM-ddTHH:mm, with or without seconds and fractions, and a time zone (Z, +02:00, +0200), as
/// 2026-01-31T09:30:00.000+0200. Nothing for anything else: without a zone the moment would be a guess.
std::optional<std::string> dateTimeValue(const std::string& text);

} // namespace jira_plugin::mapping
