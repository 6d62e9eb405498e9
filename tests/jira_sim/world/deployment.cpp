#include "world/deployment.hpp"

#include <cstdio>
#include <stdexcept>

namespace jira_sim {

std::string Release::text() const {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

int Release::buildNumber() const {
    return major < 9 ? major * 100000 + minor * 1000 + patch : major * 1000000 + minor * 10000 + patch;
}

Release Release::parse(const std::string& text) {
    Release release;
    int end = 0;
    const int read = std::sscanf(text.c_str(), "%2d.%2d%n.%2d%n", &release.major, &release.minor, &end,
                                 &release.patch, &end);
    if (read < 2 || static_cast<std::size_t>(end) != text.size() || release.major < 7 || release.major > 11 ||
        release.minor < 0 || release.patch < 0)
        throw std::invalid_argument(
            "--version takes a release of Jira Data Center such as 8.20, 9.12 or 10.3, "
            "not '" +
            text + "'");
    if (read == 2)
        release.patch = release.major == 8 ? 30 : release.major == 9 ? 15 : 5;
    return release;
}

} // namespace jira_sim
