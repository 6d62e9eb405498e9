#pragma once

#include <fstream>
#include <map>
#include <mutex>
#include <string>

#include "http/exchange.hpp"

namespace jira_sim {

/// Writes one JSON object per request to a file, complete lines only, secrets removed; counts requests.
/// Any thread.
class Trace {
public:
    /// `path` empty: only counts. Throws std::runtime_error when the file cannot be written.
    explicit Trace(const std::string& path);

    /// `route` is the pattern that answered, e.g. `POST /issue/bulk`.
    void record(const Request& request, const Response& response, const std::string& route, std::int64_t atMs,
                std::int64_t tookUs);
    /// Empties the file and the counts.
    void clear();
    std::map<std::string, std::int64_t> counts() const;

private:
    mutable std::mutex _mutex;
    std::string _path;
    std::ofstream _out;
    std::map<std::string, std::int64_t> _counts;
};

} // namespace jira_sim
