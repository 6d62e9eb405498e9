#include "../instance/scheduler.hpp"
#include "service_guard.hpp"
#include "service_tables.hpp"

namespace aspm::host {

namespace {

constexpr std::int64_t leastIntervalMs = 1000;

std::shared_ptr<Scheduler> schedulerOf(void* impl) {
    auto scheduler = InstanceCore::of(impl).scheduler();
    if (!scheduler)
        throw ServiceError(ASPM_STATE, "Jobs can be scheduled from start until stop.");
    return scheduler;
}

std::string jobFrom(aspm_str job) {
    std::string id = textFrom(job, "The job's id");
    if (id.empty())
        throw ServiceError(ASPM_ARGUMENT, "The job has no id.");
    return id;
}

aspm_status schedulerEvery(const aspm_scheduler* table, aspm_call* call, aspm_str job,
                           std::int64_t intervalMs, aspm_job_fn fn, aspm_instance* self) {
    return serve(table->impl, call, "scheduler.every", [&] {
        requireFunction(fn);
        if (intervalMs < leastIntervalMs)
            throw ServiceError(ASPM_ARGUMENT, "The interval is " + std::to_string(intervalMs) +
                                                  " ms; the least is 1000 ms.");
        schedulerOf(table->impl)->every(jobFrom(job), intervalMs, fn, self);
    });
}

aspm_status schedulerAt(const aspm_scheduler* table, aspm_call* call, aspm_str job, std::int64_t atMs,
                        aspm_job_fn fn, aspm_instance* self) {
    return serve(table->impl, call, "scheduler.at", [&] {
        requireFunction(fn);
        schedulerOf(table->impl)->at(jobFrom(job), atMs, fn, self);
    });
}

aspm_status schedulerCancel(const aspm_scheduler* table, aspm_call* call, aspm_str job) {
    return serve(table->impl, call, "scheduler.cancel",
                 [&] { schedulerOf(table->impl)->cancel(jobFrom(job)); });
}

} // namespace

aspm_scheduler makeSchedulerTable(InstanceCore& core) {
    return {sizeof(aspm_scheduler), &core, schedulerEvery, schedulerAt, schedulerCancel};
}

} // namespace aspm::host
