#pragma once

#include <string>

namespace bench {

struct Options {
    int findings = 5000;
    int rounds = 3;
    int lanes = 2;
    int latencyMs = 150; ///< of the Jira that is not on this machine
    bool asJson = false;
    bool onlyIntake = false; ///< of deliveries; no pushes, no memory
    bool help = false;
};

/// Throws std::invalid_argument that says what is wrong.
Options readOptions(int argc, const char* const* argv);

std::string helpText();

} // namespace bench
