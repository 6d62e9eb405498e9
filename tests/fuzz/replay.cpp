#include "target.hpp"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

/// Runs targets over files without a fuzzer: fuzz_replay TARGET FILE-OR-DIRECTORY...
namespace {

std::map<std::string, fuzz::Target>& targets() {
    static std::map<std::string, fuzz::Target> all;
    return all;
}

/// Hands the text over in a block of its own that ends where the text ends, so that a sanitizer sees every
/// byte that is read too many.
void runFile(fuzz::Target target, const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::printf("%s (%zu bytes)\n", file.c_str(), text.size());
    std::fflush(stdout);
    const auto block = std::make_unique<char[]>(text.size());
    std::memcpy(block.get(), text.data(), text.size());
    target({block.get(), text.size()});
}

int runAll(fuzz::Target target, const std::filesystem::path& place) {
    if (!std::filesystem::is_directory(place)) {
        runFile(target, place);
        return 1;
    }
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(place)) {
        runFile(target, entry.path());
        ++files;
    }
    return files;
}

} // namespace

fuzz::Registration::Registration(const char* name, Target target) {
    targets()[name] = target;
}

int main(int argc, char** argv) {
    const auto found = targets().find(argc > 1 ? argv[1] : "");
    if (found == targets().end() || argc < 3) {
        std::fprintf(stderr, "Usage: fuzz_replay TARGET FILE-OR-DIRECTORY...\nTargets:\n");
        for (const auto& [name, target] : targets())
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    try {
        found->second({});
        int files = 0;
        for (int i = 2; i < argc; ++i)
            files += runAll(found->second, argv[i]);
        std::printf("%d files\n", files);
        return files > 0 ? 0 : 1;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s threw: %s\n", argv[1], problem.what());
        return 1;
    }
}
