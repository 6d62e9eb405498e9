#include "kill_point.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace jira_plugin {
namespace {

/// From the environment: ASPM_KILL_AT=store.committed:17 dies at the 17th time that this point is passed,
/// *:17 at the 17th of all. ASPM_KILL_LOG=FILE gets the name of every point that is passed, one a line.
struct Orders {
    Orders() {
        if (const char* at = std::getenv("ASPM_KILL_AT")) {
            const std::string text = at;
            const auto colon = text.find(':');
            name = text.substr(0, colon);
            left = colon == std::string::npos ? 1 : std::strtol(text.c_str() + colon + 1, nullptr, 10);
        }
        if (const char* file = std::getenv("ASPM_KILL_LOG"))
            log = ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }

    std::string name;
    std::atomic<long> left{0};
    int log = -1;
};

void note(int log, const std::string& name) {
    const std::string line = name + "\n";
    if (::write(log, line.data(), line.size()) < 0) {
        // A full disk is among what is tried; the log is for the curious.
    }
}

} // namespace

void killPoint(const char* name) noexcept {
    static Orders orders;
    if (orders.log >= 0)
        note(orders.log, name);
    if (orders.name.empty() || (orders.name != "*" && orders.name != name) || --orders.left != 0)
        return;
    ::kill(::getpid(), SIGKILL);
    for (;;) // other threads must not see this one go on
        ::pause();
}

/// From the environment: ASPM_MISSING=DIRECTORY, where a file of that name says so.
bool isMissing(const char* name) noexcept {
    static const char* const directory = std::getenv("ASPM_MISSING");
    return directory != nullptr && ::access((std::string(directory) + "/" + name).c_str(), F_OK) == 0;
}

} // namespace jira_plugin
