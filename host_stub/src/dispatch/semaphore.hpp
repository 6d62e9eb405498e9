#pragma once

#include <semaphore.h>

#include <cerrno>
#include <chrono>
#include <ctime>

namespace aspm::host {

/// Counts signals; each wait takes one. Beside a mutex it is what a condition variable is, without the two
/// system calls for which glibc's mutex is taken again after such a wait. Safe from any thread.
class Semaphore {
public:
    Semaphore() { sem_init(&_semaphore, 0, 0); }
    ~Semaphore() { sem_destroy(&_semaphore); }
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    void post() { sem_post(&_semaphore); }

    void wait() {
        while (sem_wait(&_semaphore) != 0 && errno == EINTR) {
        }
    }

    /// False: the time came first.
    bool waitUntil(std::chrono::steady_clock::time_point when) {
        using namespace std::chrono;
        const auto since = when.time_since_epoch();
        const auto whole = duration_cast<seconds>(since);
        const timespec at{whole.count(), duration_cast<nanoseconds>(since - whole).count()};
        int failed = 0;
        do
            failed = sem_clockwait(&_semaphore, CLOCK_MONOTONIC, &at);
        while (failed != 0 && errno == EINTR);
        return failed == 0;
    }

private:
    sem_t _semaphore;
};

} // namespace aspm::host
