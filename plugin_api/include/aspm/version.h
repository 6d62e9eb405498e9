/* The version of this contract and the rule that decides whether a plugin loads. */
#ifndef ASPM_VERSION_H
#define ASPM_VERSION_H

#include <stdint.h> /* tables hold both numbers as uint16_t */

/* The major version is part of the entry point's name (aspm_plugin_query_v1): a plugin of another major
 * version is a missing symbol, never a misread table. */
#define ASPM_ABI_MAJOR 1

/* Raised by one whenever a table gains a member or a new contribution, service or status appears. */
#define ASPM_ABI_MINOR 1

/* The rule. A plugin says two things: what it was built for (abi_major.abi_minor) and the least host minor
 * it needs (abi_minor_min). A host loads it iff the majors are equal and its own minor >= abi_minor_min.
 * Pin the lowest minor that has all you call; being built with a newer header is no reason to need it. */
#define ASPM_ABI_COMPATIBLE(host_major, host_minor, plugin_major, plugin_minor_min)                          \
    ((host_major) == (plugin_major) && (host_minor) >= (plugin_minor_min))

#endif
