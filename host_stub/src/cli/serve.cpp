#include <csignal>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../runtime/stub_host.hpp"
#include "commands.hpp"
#include "host_client.hpp"

namespace aspm::host::cli {

namespace {

/// Turns SIGINT and SIGTERM into an orderly stop; a second one ends the process at once. Made before any
/// other thread: they all inherit that these signals are blocked, so none of a plugin's can take one.
class StopSignals {
public:
    StopSignals() {
        sigemptyset(&_set);
        for (int number : {SIGINT, SIGTERM})
            sigaddset(&_set, number);
        pthread_sigmask(SIG_BLOCK, &_set, nullptr);
        _thread = std::thread([this] { watch(); });
    }

    ~StopSignals() {
        {
            std::lock_guard<std::mutex> lock(_mutex);
            _over = true;
        }
        // It is blocked everywhere, and taken by sigwait there: nothing ends by it.
        pthread_kill(_thread.native_handle(), SIGTERM); // NOLINT(bugprone-bad-signal-to-kill-thread)
        _thread.join();
    }

    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Tells this host from now on, also of a signal that came before. Null: nobody.
    void tell(StubHost* host) {
        std::lock_guard<std::mutex> lock(_mutex);
        _host = host;
        if (_host && _received)
            _host->requestStop();
    }

private:
    void watch() {
        for (;;) {
            int number = 0;
            sigwait(&_set, &number);
            std::lock_guard<std::mutex> lock(_mutex);
            if (_over)
                return;
            if (_received)
                ::_exit(128 + number);
            _received = true;
            if (_host)
                _host->requestStop();
        }
    }

    sigset_t _set{};
    std::thread _thread;
    std::mutex _mutex;
    StubHost* _host = nullptr;
    bool _received = false;
    bool _over = false;
};

/// The memory holds secrets in clear. 0 would keep core files away, but not a program that core_pattern
/// names; 1 keeps both. Source: core(5), and fs/coredump.c of Linux.
void forbidCoreDumps() {
    const rlimit none{1, 1};
    ::setrlimit(RLIMIT_CORE, &none);
}

} // namespace

int serve(const Arguments& arguments) {
    ServeOptions options = serveOptions(arguments);
    options.port = static_cast<int>(arguments.number("port", 0, 0, 65535));

    forbidCoreDumps();
    StopSignals signals;
    StubHost host(options);
    signals.tell(&host);
    std::cout << "Ready: " << host.address().url << std::endl;
    host.waitForStop();
    signals.tell(nullptr);
    return exitDone;
}

} // namespace aspm::host::cli
