#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace torture {

/// What the command line asks for.
struct Options {
    std::uint64_t firstSeed = 1;
    std::optional<std::uint64_t> lastSeed = 20; ///< none: until the time is over
    std::optional<std::chrono::seconds> time;
    int jobs = 1;
    std::filesystem::path keep; ///< where data and logs of failed runs go
    bool isTold = false;        ///< every run tells its diary
    bool help = false;

    int hosts = 0; ///< so many that share a store, in one run; 0: runs with one host each
    std::chrono::seconds killEvery{3};
    int findings = 5000, webhooks = 5000;
};

/// Throws std::invalid_argument with a sentence for the user.
Options readOptions(int argc, const char* const* argv);
std::string helpText();

} // namespace torture
