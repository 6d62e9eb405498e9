#include "process_time.hpp"

#include <ctime>
#include <stdexcept>
#include <string>

namespace bench {

double processorSeconds(pid_t process) {
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) {
        throw std::runtime_error("The process " + std::to_string(process) + " has no clock: it is gone.");
    }
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

} // namespace bench
