#pragma once

#include <filesystem>

/// Where the build put its products and where the sources are, so that tests run from any directory.
namespace test_support {

std::filesystem::path hostProgram();      ///< build/bin/host_stub
std::filesystem::path simulatorProgram(); ///< build/bin/jira_sim
std::filesystem::path moveProgram();      ///< build/bin/jira_store_move
std::filesystem::path jiraBundle();       ///< build/plugins/jira: library and manifest
std::filesystem::path trespasserBundle(); ///< build/plugins/trespasser
std::filesystem::path contractHeaders();  ///< plugin_api/include/aspm
std::filesystem::path killableBundle();   ///< the same library, which can be made to die at named points
std::filesystem::path testData();         ///< tests/data
std::filesystem::path settingsApiCheck(); ///< tests/openapi/check_settings_api.py

/// Where integration tests leave traces for the conformance check that runs after them. Created on first use.
std::filesystem::path traceDirectory();

} // namespace test_support
