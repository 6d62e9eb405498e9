#pragma once

#include <string>

#include "config.hpp"

namespace jira_sim {

struct CommandLine {
    Config config;
    bool help = false;
};

/// Reads the program's arguments. Throws std::invalid_argument with what is wrong and how to go on.
CommandLine readCommandLine(int argc, const char* const* argv);
std::string helpText();

} // namespace jira_sim
