/* Host service "aspm.clock/1": the time that counts. */
#ifndef ASPM_SERVICE_CLOCK_H
#define ASPM_SERVICE_CLOCK_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_CLOCK_1 "aspm.clock/1"

/* The host's clock may be set forward by a test and corrected by an operator, so waits are taken from the
 * scheduler or from the machine's steady clock, and dates from here. */
typedef struct aspm_clock {
    uint32_t struct_size;
    void* impl;

    /* Milliseconds since 1970-01-01T00:00:00Z. [any] */
    int64_t (*now_ms)(const struct aspm_clock* clock);
} aspm_clock;

#ifdef __cplusplus
}
#endif

#endif
