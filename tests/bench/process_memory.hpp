#pragma once

#include <sys/types.h>

namespace bench {

/// What Linux says about the memory of a process, in MiB. Throws std::runtime_error when the process is gone.
double residentMiB(pid_t process);     ///< VmRSS: now
double peakResidentMiB(pid_t process); ///< VmHWM: the most since the last forgetPeak
void forgetPeak(pid_t process);

} // namespace bench
