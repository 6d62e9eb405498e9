#pragma once

#include "jira/transport.hpp"

#include <string>
#include <string_view>

namespace fuzz {

/// Up to the first line break; the input goes on behind it. All of it when there is none.
std::string takeLine(std::string_view& input);

/// An HTTP answer: the status on the first line, "Name: value" on each of the next, an empty line, the body.
jira_plugin::jira::HttpResponse readHttp(std::string_view input);

/// Whether it is UTF-8 without control characters but line breaks and tabs.
bool isPlainText(std::string_view text);

} // namespace fuzz
