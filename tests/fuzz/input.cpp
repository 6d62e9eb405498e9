#include "input.hpp"

#include "mapping/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace fuzz {

std::string takeLine(std::string_view& input) {
    const auto end = std::min(input.find('\n'), input.size());
    std::string line(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
    return line;
}

jira_plugin::jira::HttpResponse readHttp(std::string_view input) {
    jira_plugin::jira::HttpResponse response;
    response.status = static_cast<int>(std::strtol(takeLine(input).substr(0, 4).c_str(), nullptr, 10));
    while (!input.empty()) {
        const std::string line = takeLine(input);
        const auto colon = line.find(": ");
        if (colon == std::string::npos)
            break;
        response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    response.body = std::string(input);
    return response;
}

bool isPlainText(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = jira_plugin::mapping::decodeAt(text, at);
        const bool isControl = decoded.character < 0x20 || decoded.character == 0x7f;
        const bool isBroken = decoded.character == 0xfffd && decoded.length == 1;
        if (isBroken || (isControl && decoded.character != '\n' && decoded.character != '\t'))
            return false;
        at += decoded.length;
    }
    return true;
}

} // namespace fuzz
