#pragma once

#include "check.hpp"
#include "probe.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Pure judgements about the way to Atlassian.
namespace jira_plugin::diagnosis {

/// Every server, its handshake done or failed.
Judgement judgeTls(const std::vector<TlsFacts>& servers, std::int64_t nowMs);

/// serverMs 0: the server did not say.
Judgement judgeClock(std::int64_t nowMs, std::int64_t serverMs, const std::string& server);

} // namespace jira_plugin::diagnosis
