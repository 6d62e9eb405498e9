#pragma once

#include "check.hpp"

#include <cstddef>
#include <functional>

namespace jira_plugin::diagnosis {

/// Takes one result; false: nobody wants more.
using Take = std::function<bool(const CheckResult&)>;
/// Hands a result over, from any thread.
using Emit = std::function<void(CheckResult)>;

/// Runs the jobs 0 to count - 1 on a few threads of its own and hands what they emit to `take` on the calling
/// thread. No job begins after take said false, or mayGoOn did. Returns how many were begun, the first ones;
/// every thread has ended then. work must not throw.
std::size_t runBatch(std::size_t count, std::size_t threads,
                     const std::function<void(std::size_t job, const Emit& emit)>& work, const Take& take,
                     const std::function<bool()>& mayGoOn);

} // namespace jira_plugin::diagnosis
