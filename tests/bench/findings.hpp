#pragma once

#include "stub_host.hpp"

namespace bench {

/// Adds `count` findings with texts as long as scanners write them: a description, a rule's help, a snippet.
void addFindings(const test_support::StubHost& host, const std::string& project, int count);

} // namespace bench
