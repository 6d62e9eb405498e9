#pragma once

#include <Poco/Dynamic/Var.h>

namespace jira_plugin::trial {

/// Whether Jira stored what was sent. Documents are compared by what they say, lists without order, people,
/// options and priorities by their ids, moments as moments whatever their zone, text without the blanks that
/// Jira trims. Pure.
bool sameValue(const Poco::Dynamic::Var& sent, const Poco::Dynamic::Var& stored);

/// Null, an empty text or an empty list.
bool isNothing(const Poco::Dynamic::Var& value);

} // namespace jira_plugin::trial
