#pragma once

#include "stub_host.hpp"

namespace bench {

/// How many deliveries of changed issues the plugin of this host has stored so far, applied or not. Reads its
/// SQLite file.
long long storedDeliveries(const test_support::StubHost& host);

} // namespace bench
