#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <filesystem>

int main(int argc, char* argv[]) {
    std::filesystem::current_path(ASPM_SOURCE_DIR);
    return Catch::Session().run(argc, argv);
}
