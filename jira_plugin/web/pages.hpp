#pragma once

#include "settings/http.hpp"

#include <optional>
#include <string>

/// The pages, embedded in the library, and how they are sent: with an ETag, under a Content-Security-Policy
/// that allows nothing but what they bring.
namespace jira_plugin::web {

/// The page or asset at the request's path; nothing when there is none.
std::optional<settings::Response> page(const settings::Request& request);

/// The page on which the browser comes back from Atlassian. It says how the consent ended, tells the settings
/// page that opened it, and links to next, an address of the plugin's. All text is shown literally.
settings::Response callbackPage(const settings::Request& request, int status, const std::string& result,
                                const std::string& message, const std::string& remedy,
                                const std::string& next);

/// Text for HTML, in an element or a quoted attribute.
std::string escapeHtml(const std::string& text);

} // namespace jira_plugin::web
