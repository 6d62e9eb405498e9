#include "world/deployment.hpp"

#include <stdexcept>

#include <Poco/NumberParser.h>
#include <Poco/StringTokenizer.h>

namespace jira_sim {

std::string Release::text() const {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

int Release::buildNumber() const {
    return major < 9 ? major * 100000 + minor * 1000 + patch : major * 1000000 + minor * 10000 + patch;
}

Release Release::parse(const std::string& text) {
    const Poco::StringTokenizer parts(text, ".");
    Release release;
    int* const numbers[] = {&release.major, &release.minor, &release.patch};
    bool isRead = parts.count() == 2 || parts.count() == 3;
    std::size_t i = 0;
    for (int* number : numbers)
        if (isRead && i < parts.count()) {
            isRead = parts[i].size() <= 2 && Poco::NumberParser::tryParse(parts[i], *number) && *number >= 0;
            ++i;
        }
    if (!isRead || release.major < 7 || release.major > 11)
        throw std::invalid_argument(
            "--version takes a release of Jira Data Center such as 8.20, 9.12 or 10.3, "
            "not '" +
            text + "'");
    if (parts.count() == 2)
        release.patch = release.major == 8 ? 30 : release.major == 9 ? 15 : 5;
    return release;
}

} // namespace jira_sim
