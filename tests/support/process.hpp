#pragma once

#include "eventually.hpp"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace test_support {

/// How to start a program. `output` and `errors` are files that receive what it writes; they may be the same.
struct ProcessOptions {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment; ///< added to the test's own
    std::filesystem::path output;
    std::filesystem::path errors;
};

/// A child process. Ends with this object, and with the test program itself, whatever way that ends.
/// Not safe for use by several threads; the thread that starts a process has to outlive it.
class Process {
public:
    /// Throws std::system_error when the program cannot be started.
    explicit Process(ProcessOptions options);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return _pid; }
    bool isRunning();

    /// The exit status once the process has ended by itself: its own, or 128 + signal number as shells have
    /// it. Empty when it still runs after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit = patience);

    /// Asks it to end (SIGTERM) and returns its exit status; kills it when it does not follow within `limit`,
    /// which shows as 137.
    int terminate(std::chrono::milliseconds limit = patience);

    /// kill -9: no handler runs, nothing is flushed. Returns when the process is gone.
    void kill();

    /// The first complete line of its output that begins with `prefix`, waiting for it while the process
    /// runs. Throws std::runtime_error, with everything the process wrote, when it ends or stays silent
    /// instead.
    std::string waitForLine(const std::string& prefix, std::chrono::milliseconds limit = patience);

    /// What it has written so far.
    std::string output() const;
    std::string errors() const;

private:
    std::optional<int> reap(int waitFlags);

    ProcessOptions _options;
    pid_t _pid = -1;
    std::optional<int> _status;
};

/// What a program that ran to its end left behind.
struct Outcome {
    int status = 0;
    std::string output;
    std::string errors;
};

/// Runs a program to its end. One that takes longer than `limit` is killed: status 137.
Outcome run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& environment = {},
            std::chrono::milliseconds limit = patience);

} // namespace test_support
