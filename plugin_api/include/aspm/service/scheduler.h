/* Host service "aspm.scheduler/1": work at a time. */
#ifndef ASPM_SERVICE_SCHEDULER_H
#define ASPM_SERVICE_SCHEDULER_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_SCHEDULER_1 "aspm.scheduler/1"

/* A job's work. job: the id it was scheduled with. Anything but ASPM_OK is logged with the call's error; an
 * `at` job that ends as ASPM_TRANSIENT runs again. Must not throw. [worker] */
typedef aspm_status (*aspm_job_fn)(aspm_instance* self, aspm_call* call, aspm_str job);

/* Jobs follow the clock service. They belong to the instance and are gone after stop; a job never runs twice
 * at a time in one instance. A job missed while the host was down runs once, soon after it is scheduled
 * again. */
typedef struct aspm_scheduler {
    uint32_t struct_size;
    void* impl;

    /* Runs job every interval_ms (at least 1000), the first time after one interval or, where the host
     * remembers an earlier run, when that is due. Replaces a job of the same id. self is handed to fn. [any]
     */
    aspm_status (*every)(const struct aspm_scheduler* scheduler, aspm_call* call, aspm_str job,
                         int64_t interval_ms, aspm_job_fn fn, aspm_instance* self);

    /* Runs job once at or soon after at_ms; the past means now. Replaces a job of the same id. [any] */
    aspm_status (*at)(const struct aspm_scheduler* scheduler, aspm_call* call, aspm_str job, int64_t at_ms,
                      aspm_job_fn fn, aspm_instance* self);

    /* Forgets a job that has not begun; ASPM_OK also when there is none. [any] */
    aspm_status (*cancel)(const struct aspm_scheduler* scheduler, aspm_call* call, aspm_str job);
} aspm_scheduler;

#ifdef __cplusplus
}
#endif

#endif
