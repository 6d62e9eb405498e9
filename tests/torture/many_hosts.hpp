#pragma once

#include "diary.hpp"
#include "judge.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iosfwd>

namespace torture {

/// Several hosts on one PostgreSQL, of which one dies again and again.
struct ManyHosts {
    int hosts = 4;
    std::chrono::seconds time{300};
    std::chrono::seconds killEvery{3};
    int findings = 5000;
    int webhooks = 5000; ///< deeds of people in Jira, each of which Jira tells of
    std::uint64_t seed = 1;
    std::filesystem::path keep; ///< where data and logs of a run that failed go
    bool isTold = false;        ///< the diary is told, whatever comes out
};

/// One run. Tells what was done and what is wrong; true when nothing is. Starts its processes in the calling
/// thread. Never throws.
bool runManyHosts(const ManyHosts& order, std::ostream& out);

} // namespace torture
