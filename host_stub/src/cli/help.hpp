#pragma once

#include <string>

namespace aspm::host::cli {

/// What host_stub is, its commands, and how to begin.
const std::string& generalHelp();

/// One command: its line, its options, what to know, examples.
const std::string& helpOf(const std::string& command);

} // namespace aspm::host::cli
