#include "paths.hpp"

#include <string_view>

namespace test_support {

namespace {

// Views, not paths: test programs ask for paths while their own globals are still being made.
constexpr std::string_view buildDirectory = ASPM_BUILD_DIR;
constexpr std::string_view sourceDirectory = ASPM_SOURCE_DIR;

std::filesystem::path built(const char* path) {
    return std::filesystem::path(buildDirectory) / path;
}
std::filesystem::path source(const char* path) {
    return std::filesystem::path(sourceDirectory) / path;
}

} // namespace

std::filesystem::path hostProgram() {
    return built("bin/host_stub");
}
std::filesystem::path simulatorProgram() {
    return built("bin/jira_sim");
}
std::filesystem::path moveProgram() {
    return built("bin/jira_store_move");
}
std::filesystem::path jiraBundle() {
    return built("plugins/jira");
}
std::filesystem::path trespasserBundle() {
    return built("plugins/trespasser");
}
std::filesystem::path contractHeaders() {
    return source("plugin_api/include/aspm");
}
std::filesystem::path killableBundle() {
    return built("plugins/jira_killable");
}
std::filesystem::path testData() {
    return source("tests/data");
}
std::filesystem::path settingsApiCheck() {
    return source("tests/openapi/check_settings_api.py");
}

std::filesystem::path traceDirectory() {
    auto directory = built("traces");
    std::filesystem::create_directories(directory);
    return directory;
}

} // namespace test_support
