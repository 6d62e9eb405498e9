#pragma once

#include "http_client.hpp"
#include "paths.hpp"
#include "process.hpp"
#include "simulator.hpp"
#include "temp_dir.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace test_support {

struct HostOptions {
    std::map<std::string, std::string> config; ///< keys of the host and of the plugin
    std::filesystem::path plugin = jiraBundle();
    std::filesystem::path keys = {};     ///< key file of another host to begin with a copy of, as hosts that
                                         ///< share a store have the same keys
    std::filesystem::path platform = {}; ///< file of the platform's own state (organisations, findings) that
                                         ///< several hosts share; empty: one of its own
    std::map<std::string, std::string> environment = {}; ///< added to the test's own
    bool startsAtOnce = true;
};

/// The configuration with which the plugin takes the simulator for Atlassian. `url`: another way to it than
/// its own, e.g. through a Gate.
std::map<std::string, std::string> configFor(const Simulator& jira, const std::string& url = "");

/// A finding as tests push it; the control API fills in the rest.
struct NewFinding {
    std::string title;
    std::string severity = "high";
    std::string filePath = "src/main.c";
    int line = 1;
};

/// A host_stub that serves the plugin, in a process and data directory of its own, on a free port. Its data
/// stays when it is killed and started again. Ends with this object.
class StubHost {
public:
    /// Starts it. Throws std::runtime_error with all that it wrote when it does not come up.
    explicit StubHost(HostOptions options);

    void start();
    bool isRunning() const { return _process && _process->isRunning(); }
    /// Of one that has ended, as Process has it.
    std::optional<int> exitStatus() const {
        return _process ? _process->wait(std::chrono::milliseconds(0)) : std::nullopt;
    }
    int stop() { return _process->terminate(); } ///< orderly; returns the exit status
    void kill() { _process->kill(); }            ///< as a crash would end it
    void restart();
    /// On the port that it had, so that Jira's deliveries find it.
    void restartInPlace();
    /// Starts what is not running, on the port that it had, if it had one.
    void startInPlace();
    /// Sets a key of the configuration for the next start.
    void configure(const std::string& key, const std::string& value) { _options.config[key] = value; }
    /// Sets what is added to the environment at the next start.
    void setEnvironment(std::map<std::string, std::string> environment) {
        _options.environment = std::move(environment);
    }

    const std::string& url() const { return _url; }
    pid_t pid() const { return _process->pid(); }
    const std::filesystem::path& directory() const {
        return _directory.path();
    } ///< data, logs, configuration
    std::filesystem::path data() const { return _directory / "data"; }
    std::filesystem::path configFile() const { return _directory / "host.json"; }
    std::string log() const; ///< everything it wrote since the first start

    /// Calls the control API below /stub/api and returns the answer. Throws std::runtime_error unless it is
    /// 2xx.
    Json control(const std::string& method, const std::string& path, const std::string& body = "") const;
    /// The same without judging the status.
    HttpResponse ask(const std::string& method, const std::string& path, const std::string& body = "") const;

    /// A browser in which `user` is signed in and which sends the CSRF token.
    HttpClient signedIn(const std::string& user = "alice", const std::string& organisation = "acme") const;

    /// Creates a project when it is not there, and returns its id.
    std::string project(const std::string& key, const std::string& organisation = "acme") const;

    /// Adds findings to a project that exists; ids in the same order.
    std::vector<std::string> addFindings(const std::string& project, const std::vector<NewFinding>& findings,
                                         const std::string& organisation = "acme") const;
    /// `count` findings with titles that name their number.
    std::vector<std::string> addFindings(const std::string& project, int count,
                                         const std::string& organisation = "acme") const;

    /// Asks for tickets for all findings of a project. `waitMs`: how long to wait until nothing is under way.
    Json pushAll(const std::string& project, long long waitMs = 60'000,
                 const std::string& organisation = "acme") const;
    Json push(const std::string& project, const std::vector<std::string>& findings, long long waitMs = 60'000,
              const std::string& organisation = "acme") const;

    Json finding(const std::string& id, const std::string& organisation = "acme") const;
    std::string pushState(const std::string& id, const std::string& organisation = "acme") const;
    /// How many findings of an organisation are in a push state.
    long long count(const std::string& state, const std::string& organisation = "acme") const;
    /// The texts of a finding's timeline, remedies included, one entry a line.
    std::string timeline(const std::string& id, const std::string& organisation = "acme") const;
    /// The alerts that are up.
    std::vector<Json> alerts(const std::string& organisation = "acme") const;

    /// Negative: sets it back.
    void advanceClock(std::chrono::milliseconds by) const;

private:
    TempDir _directory;
    HostOptions _options;
    std::unique_ptr<Process> _process;
    std::string _url;
    std::string _token;
    std::string _port = "0";
    int _starts = 0;
};

} // namespace test_support
