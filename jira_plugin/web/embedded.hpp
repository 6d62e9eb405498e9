#pragma once

#include <string>

/// The texts that the build puts into the library.
namespace jira_plugin::web::embedded {

const std::string& indexHtml();
const std::string& styleCss();
const std::string& appJs();
const std::string& openapiJson();

} // namespace jira_plugin::web::embedded
