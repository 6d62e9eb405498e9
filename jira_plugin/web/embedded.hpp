#pragma once

#include <map>
#include <string>

/// The texts that the build puts into the library.
namespace jira_plugin::web::embedded {

const std::string& indexHtml();
const std::string& openapiJson();

/// Scripts, styles and pictures by their name below web/, e.g. "components/dialog.js".
const std::map<std::string, std::string>& assets();

} // namespace jira_plugin::web::embedded
