#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace torture {

/// What was done to one run, in order, for whoever reads its failure, and the sums that the summary shows.
struct Diary {
    void note(const std::string& what) {
        const auto ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started)
                .count();
        lines.push_back(std::to_string(ms) + " ms  " + what);
    }
    void fault(const std::string& what) {
        ++faults;
        note(what);
    }
    /// point: where, of those of kill_point.hpp; empty: anywhere, from outside.
    void death(const std::string& what, const std::string& point = {}) {
        ++deaths;
        ++deathsAt[point.empty() ? "anywhere" : point];
        note(what);
    }

    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::vector<std::string> lines;
    int deaths = 0;
    std::map<std::string, int> deathsAt; ///< by point
    int faults = 0;
    int reconnects = 0;
};

} // namespace torture
