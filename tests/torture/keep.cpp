#include "keep.hpp"

#include <fstream>

namespace torture {

namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file) << text << "\n";
}

std::string told(const World& world, const char* path) {
    try {
        return world.jira.control("GET", path).dump();
    } catch (const std::exception& problem) {
        return problem.what();
    }
}

} // namespace

fs::path keepAll(const World& world, const Diary& diary, const fs::path& directory) {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
    fs::create_directories(directory, ignored);
    fs::copy(world.host.directory(), directory / "host",
             fs::copy_options::recursive | fs::copy_options::skip_symlinks, ignored);
    fs::copy_file(world.jira.traceFile(), directory / "jira-trace.jsonl", ignored);
    write(directory / "jira-issues.json", told(world, "/_sim/issues"));
    write(directory / "jira-deliveries.json", told(world, "/_sim/deliveries"));
    std::string lines;
    for (const std::string& line : diary.lines)
        lines += line + "\n";
    write(directory / "diary.txt", lines);
    return directory;
}

} // namespace torture
