#pragma once

#include <cstdint>
#include <string>

namespace aspm::host {

/// What a host decides about all its plugins. Durations in milliseconds.
struct HostOptions {
    /// Static for the life of every plugin: plugins see the pointers.
    const char* name = "aspm_host";
    const char* version = "1.0.0";

    /// Hooks of one plugin at a time, unless the plugin wants fewer.
    unsigned workers = 8;

    std::int64_t createMs = 30'000;
    std::int64_t startMs = 60'000;
    /// How long stop may take altogether before the plugin is given up and stays resident.
    std::int64_t stopMs = 30'000;
    std::int64_t pageMs = 60'000;
    std::int64_t webhookMs = 10'000;
    std::int64_t pushMs = 60'000;
    std::int64_t previewMs = 30'000;
    std::int64_t stateMs = 10'000;
    std::int64_t changedMs = 30'000;

    /// After so many exceptions out of its hooks a plugin gets no more of them.
    unsigned throwsUntilSuspended = 10;

    /// Runs jobs by the clock on a thread of its own; false: only runDueJobs does.
    bool runJobs = true;
};

} // namespace aspm::host
