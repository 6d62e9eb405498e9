#include "paths.hpp"

namespace test_support {

namespace {

const std::filesystem::path buildDirectory = ASPM_BUILD_DIR;
const std::filesystem::path sourceDirectory = ASPM_SOURCE_DIR;

} // namespace

std::filesystem::path hostProgram() {
    return buildDirectory / "bin" / "host_stub";
}
std::filesystem::path simulatorProgram() {
    return buildDirectory / "bin" / "jira_sim";
}
std::filesystem::path jiraBundle() {
    return buildDirectory / "plugins" / "jira";
}
std::filesystem::path testData() {
    return sourceDirectory / "tests" / "data";
}
std::filesystem::path settingsApiCheck() {
    return sourceDirectory / "tests" / "openapi" / "check_settings_api.py";
}

std::filesystem::path traceDirectory() {
    auto directory = buildDirectory / "traces";
    std::filesystem::create_directories(directory);
    return directory;
}

} // namespace test_support
