#pragma once

#include "http_client.hpp"
#include "process.hpp"
#include "temp_dir.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace test_support {

struct SimulatorOptions {
    /// Further flags of jira_sim, e.g. {"--seed", "7"}.
    std::vector<std::string> arguments;
    /// Name of the trace file below traceDirectory(), without ending; empty: the trace is kept with the other
    /// files of this simulator and vanishes with it.
    std::string traceName;
    /// A measurement wants none: writing it costs the simulator time.
    bool withTrace = true;
};

/// A stand-in Jira Cloud in a process of its own, on a free port. Ends with this object.
class Simulator {
public:
    explicit Simulator(SimulatorOptions options = {});

    const std::string& url() const { return _url; }
    std::filesystem::path caFile() const { return _directory / "ca.pem"; }
    std::filesystem::path traceFile() const { return _traceFile; }
    pid_t pid() const { return _process->pid(); }

    /// A browser that trusts this simulator.
    HttpClient browser() const { return HttpClient(_url, caFile()); }

    /// Calls the control API and returns its answer. Throws std::runtime_error unless it is a 2xx.
    Json control(const std::string& method, const std::string& path, const std::string& body = "") const;

    /// Adds a fault; the grammar stands in tests/jira_sim/README.md.
    void fault(const std::string& spec) const;
    void clearFaults() const;
    /// How often the newest fault has fired: it does so before its request is worked on.
    long long fired() const;
    /// What an administrator of the Jira site does: {"op": "take-priority", "project": "PAY", ...}.
    void change(const std::map<std::string, std::string>& order) const;

    /// The issues that carry `label`, or all when it is empty, as the control API shows them. Reads the world
    /// itself, not the search index.
    std::vector<Json> issues(const std::string& label = "") const;
    Json issue(const std::string& key) const;
    std::size_t issueCount() const;

    /// How often a route was called so far, e.g. "POST /rest/api/3/issue/bulk"; of all routes when empty.
    long long requests(const std::string& route = "") const;
    /// The requests whose path holds `part`, in the order of the trace.
    std::vector<Json> traced(const std::string& part) const;

private:
    TempDir _directory;
    std::filesystem::path _traceFile;
    std::unique_ptr<Process> _process;
    std::string _url;
};

} // namespace test_support
