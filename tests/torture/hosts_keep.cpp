#include "hosts_keep.hpp"

#include <fstream>

namespace torture {

namespace fs = std::filesystem;

namespace {

/// None of them holds a secret.
constexpr const char* tables[] = {"outbox",        "ticket_link",  "inbox",     "issue_state",
                                  "shown_comment", "outward_task", "own_write", "process"};

std::string lines(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& line : all)
        text += line + "\n";
    return text;
}

template <class Text> void write(const fs::path& file, Text text) {
    std::ofstream out(file);
    try {
        out << text();
    } catch (const std::exception& problem) {
        out << problem.what() << "\n";
    }
}

} // namespace

fs::path keepHosts(const HostGroup& group, const Diary& diary, const fs::path& directory) {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
    fs::create_directories(directory, ignored);
    for (std::size_t i = 0; i < group.size(); ++i)
        write(directory / ("host-" + std::to_string(i + 1) + ".log"), [&] { return group.host(i).log(); });
    fs::copy_file(group.jira.traceFile(), directory / "jira-trace.jsonl", ignored);
    write(directory / "jira-issues.json",
          [&] { return group.jira.control("GET", "/_sim/issues").dump() + "\n"; });
    write(directory / "postgres.log", [&] { return group.postgres.log(); });
    for (const std::string table : tables)
        write(directory / (table + ".jsonl"),
              [&] { return lines(group.query("SELECT row_to_json(t) FROM " + table + " t")); });
    write(directory / "diary.txt", [&] { return lines(diary.lines); });
    return directory;
}

} // namespace torture
