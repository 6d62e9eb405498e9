// Programs that are built with the thread sanitizer link this. libstdc++ counts who holds an exception, and
// as it is not built with the sanitizer, the sanitizer does not see the count: where threads share an
// exception, as those do that wait for the same std::shared_future, the freeing by the last seems unordered
// with the reading of the others. This tells it that a thread which ends a catch block comes after all that
// ended one before.
#include <dlfcn.h>

#include <cstdio>

#include <sanitizer/tsan_interface.h>

extern "C" void __cxa_end_catch() {
    static const auto real = reinterpret_cast<void (*)()>(dlsym(RTLD_NEXT, "__cxa_end_catch"));
    void* const meeting = stdout; // an address that everything in the process has in common
    __tsan_release(meeting);
    __tsan_acquire(meeting);
    real();
}
