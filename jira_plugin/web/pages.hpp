#pragma once

#include "settings/http.hpp"

#include <optional>
#include <string>

/// The pages, embedded in the library, and how they are sent: with an ETag, under a Content-Security-Policy
/// that allows nothing but what they bring.
namespace jira_plugin::web {

/// The page or asset at the request's path; nothing when there is none.
std::optional<settings::Response> page(const settings::Request& request);

/// A page with one message and a link back to the settings. All text is shown literally.
settings::Response messagePage(const settings::Request& request, int status, const std::string& title,
                               const std::string& message, const std::string& remedy);

/// Text for HTML, in an element or a quoted attribute.
std::string escapeHtml(const std::string& text);

} // namespace jira_plugin::web
