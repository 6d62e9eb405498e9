#pragma once

#include <string>

namespace jira_sim {

enum class Deployment { Cloud, DataCenter };

/// A release of Jira Data Center. What differs between releases asks `since`.
struct Release {
    int major = 10, minor = 3, patch = 5;

    bool since(int wantedMajor, int wantedMinor) const {
        return major != wantedMajor ? major > wantedMajor : minor >= wantedMinor;
    }
    /// `10.3.5`
    std::string text() const;
    /// The build number Jira derives from it, e.g. 820030, 9120015, 10030005.
    int buildNumber() const;
    /// From `8.20`, `9.12.4`; a release named without patch gets the one of its last long-term support.
    /// Throws std::invalid_argument with what would be right.
    static Release parse(const std::string& text);
};

} // namespace jira_sim
