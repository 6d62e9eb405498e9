#pragma once

#include <string>

#include <Poco/Dynamic/Var.h>

namespace jira_plugin::trial {

/// A field's value as a person reads it: names instead of ids, lists with commas, documents as text. Cut
/// where nobody reads on. Pure.
std::string fieldText(const Poco::Dynamic::Var& value);

} // namespace jira_plugin::trial
