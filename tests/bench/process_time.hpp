#pragma once

#include <sys/types.h>

namespace bench {

/// The processor time that a process has used so far, in seconds. Throws std::runtime_error when it is gone.
double processorSeconds(pid_t process);

} // namespace bench
