#pragma once

#include <string>

namespace bench {

struct Options {
    int findings = 5000;
    int rounds = 3;
    int lanes = 2;
    int latencyMs = 150; ///< of the Jira that is not on this machine
    bool asJson = false;
    std::string only; ///< the part to measure; empty: all
    bool help = false;

    bool wants(const std::string& part) const { return only.empty() || only == part; }
};

/// Throws std::invalid_argument that says what is wrong.
Options readOptions(int argc, const char* const* argv);

std::string helpText();

} // namespace bench
