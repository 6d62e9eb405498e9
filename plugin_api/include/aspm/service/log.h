/* Host service "aspm.log/1": lines for the operator. */
#ifndef ASPM_SERVICE_LOG_H
#define ASPM_SERVICE_LOG_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_LOG_1 "aspm.log/1"

typedef int32_t aspm_log_level;
#define ASPM_LOG_DEBUG ((aspm_log_level)0)
#define ASPM_LOG_INFO ((aspm_log_level)1)
#define ASPM_LOG_WARNING ((aspm_log_level)2)
#define ASPM_LOG_ERROR ((aspm_log_level)3)

/* One name and value of a structured line, e.g. organisation=acme. Frozen: arrays of it cross the boundary.
 */
typedef struct aspm_log_field {
    aspm_str name;
    aspm_str value;
} aspm_log_field;

typedef struct aspm_log {
    uint32_t struct_size;
    void* impl;

    /* Non-zero when a line of this level would be kept. [any] */
    int32_t (*enabled)(const struct aspm_log* log, aspm_log_level level);

    /* Writes one line; copies; never blocks for long, never fails. Secrets do not belong here. [any] */
    void (*write)(const struct aspm_log* log, aspm_log_level level, aspm_str message,
                  const aspm_log_field* fields, size_t field_count);
} aspm_log;

#ifdef __cplusplus
}
#endif

#endif
