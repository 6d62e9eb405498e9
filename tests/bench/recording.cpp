#include "recording.hpp"

#include "json.hpp"
#include "temp_dir.hpp"

#include <sstream>
#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {

/// The trace writes JSON bodies as they came, between these two members.
std::string bodyOf(const std::string& line) {
    const std::string before = R"(,"requestBody":)";
    const auto begin = line.find(before) + before.size();
    const auto end = line.rfind(R"(,"status":)", line.find(R"(,"responseHeaders":)", begin));
    return line.substr(begin, end - begin);
}

bool isCreation(const std::string& route) {
    return route == "POST /rest/api/3/issue" || route == "POST /rest/api/3/issue/bulk";
}

} // namespace

std::vector<Recorded> recordedCreations(const std::filesystem::path& traceFile) {
    std::vector<Recorded> found;
    std::istringstream lines(readFile(traceFile));
    for (std::string line; std::getline(lines, line);) {
        const auto exchange = Json::parse(line);
        if (!isCreation(exchange["route"].text())) {
            continue;
        }
        if (exchange["status"].number() != 201) {
            throw std::runtime_error("Jira did not create the tickets to be recorded: " +
                                     exchange["responseBody"].dump());
        }
        found.push_back({exchange["path"].text(), bodyOf(line)});
    }
    return found;
}

} // namespace bench
