#include "target.hpp"
#include "variation.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

/// Runs targets without a fuzzer, over files or over variations of them.
namespace {

constexpr const char* usage =
    "Usage: fuzz_replay TARGET FILE-OR-DIRECTORY...\n"
    "       fuzz_replay --vary N TARGET DIRECTORY   N inputs like those in it, always "
    "the same\nTargets:\n";

std::map<std::string, fuzz::Target>& targets() {
    static std::map<std::string, fuzz::Target> all;
    return all;
}

/// Hands the text over in a block of its own that ends where the text ends, so that a sanitizer sees every
/// byte that is read too many.
void run(fuzz::Target target, const std::string& text) {
    const auto block = std::make_unique<char[]>(text.size());
    std::memcpy(block.get(), text.data(), text.size());
    target({block.get(), text.size()});
}

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& place) {
    if (!std::filesystem::is_directory(place))
        return {place};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(place))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void replay(fuzz::Target target, const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) {
        const std::string text = read(file);
        std::printf("%s (%zu bytes)\n", file.c_str(), text.size());
        std::fflush(stdout);
        run(target, text);
    }
    std::printf("%zu files\n", files.size());
}

/// What is tried, and where it is written when that ends the program.
struct {
    std::string text, file;
} current;

void keepCurrent(int signal) {
    const int file = ::open(current.file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (::write(file, current.text.data(), current.text.size()) < 0)
        std::abort();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void vary(const std::string& name, fuzz::Target target, const std::filesystem::path& place, long count) {
    current.file = std::filesystem::absolute("variation-that-breaks-" + name);
    std::printf("Should one fail: build/bin/fuzz_replay %s %s\n", name.c_str(), current.file.c_str());
    std::fflush(stdout);
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        std::signal(signal, keepCurrent);
    std::vector<std::string> corpus;
    for (const auto& file : filesIn(place))
        corpus.push_back(read(file));
    std::mt19937 random; // of the standard's own seed
    for (long i = 0; i < count; ++i) {
        current.text = fuzz::variationOf(corpus, random);
        run(target, current.text);
    }
    std::printf("%ld variations of %zu files\n", count, corpus.size());
}

fuzz::Target targetOf(const std::string& name) {
    const auto found = targets().find(name);
    if (found == targets().end())
        throw std::invalid_argument("There is no target '" + name + "'.");
    return found->second;
}

int usageError() {
    std::fputs(usage, stderr);
    for (const auto& [name, target] : targets())
        std::fprintf(stderr, "  %s\n", name.c_str());
    return 2;
}

} // namespace

fuzz::Registration::Registration(const char* name, Target target) {
    targets()[name] = target;
}

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() == 4 && words[0] == "--vary") {
            vary(words[2], targetOf(words[2]), words[3], std::stol(words[1]));
            return 0;
        }
        if (words.size() < 2)
            return usageError();
        const fuzz::Target target = targetOf(words[0]);
        target({});
        std::vector<std::filesystem::path> files;
        for (std::size_t i = 1; i < words.size(); ++i)
            for (auto& file : filesIn(words[i]))
                files.push_back(std::move(file));
        replay(target, files);
        return files.empty() ? 1 : 0;
    } catch (const std::invalid_argument& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return usageError();
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s threw: %s\n", words.empty() ? "" : words[0].c_str(), problem.what());
        return 1;
    }
}
