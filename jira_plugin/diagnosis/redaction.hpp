#pragma once

#include <string>
#include <vector>

#include <Poco/Dynamic/Var.h>

namespace jira_plugin::diagnosis {

/// The text without what must not leave the platform: the secrets named, e-mail addresses, and everything
/// that looks like a token. Pure.
std::string redacted(const std::string& text, const std::vector<std::string>& secrets);

/// The same for every text of a JSON value.
Poco::Dynamic::Var redacted(const Poco::Dynamic::Var& value, const std::vector<std::string>& secrets);

} // namespace jira_plugin::diagnosis
