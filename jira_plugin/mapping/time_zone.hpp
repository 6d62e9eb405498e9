#pragma once

#include "posix_zone.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// A time zone of the system's database, read without touching the process's environment or its C library's
/// state (tzset and friends are neither thread-safe nor ours to call). Immutable. Format: RFC 8536.
class TimeZone {
public:
    /// By IANA name, e.g. Europe/Berlin. Zones are kept once read. Throws std::invalid_argument with a
    /// sentence for the admin when there is no such zone. Safe from any thread.
    static std::shared_ptr<const TimeZone> named(const std::string& name);

    /// From the bytes of a zone file. Throws std::invalid_argument.
    static TimeZone fromBytes(const std::string& bytes);

    /// Seconds east of UTC at that moment.
    int offsetAt(std::int64_t utcSeconds) const;

private:
    struct Transition {
        std::int64_t at;
        int offset;
    };
    std::vector<Transition> _transitions; ///< ascending
    int _initialOffset = 0;
    std::optional<PosixZone> _after; ///< what holds after the last transition
};

} // namespace jira_plugin::mapping
