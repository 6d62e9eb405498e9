#include "time_zone.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>

namespace jira_plugin::mapping {
namespace {

constexpr std::array<const char*, 3> directories{"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                                 "/usr/share/lib/zoneinfo"};
constexpr std::size_t maxFileBytes = 262'144;
constexpr std::size_t headerBytes = 44;

std::int64_t bigEndian(const std::string& bytes, std::size_t at, std::size_t width) {
    if (at + width > bytes.size())
        throw std::invalid_argument("The time zone file is cut short.");
    std::uint64_t value = (static_cast<unsigned char>(bytes[at]) & 0x80U) ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < width; ++i)
        value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
    return static_cast<std::int64_t>(value);
}

/// The counts of one header of a zone file.
struct Counts {
    std::size_t utcIndicators, standardIndicators, leapSeconds, transitions, types, characters;

    std::size_t bodyBytes(std::size_t timeWidth) const {
        return transitions * timeWidth + transitions + types * 6 + characters +
               leapSeconds * (timeWidth + 4) + standardIndicators + utcIndicators;
    }
};

Counts countsAt(const std::string& bytes, std::size_t at) {
    if (bytes.compare(at, 4, "TZif") != 0)
        throw std::invalid_argument("The file is not a time zone file.");
    const auto count = [&](std::size_t index) {
        const std::int64_t value = bigEndian(bytes, at + 20 + index * 4, 4);
        if (value < 0 || value > static_cast<std::int64_t>(maxFileBytes))
            throw std::invalid_argument("The time zone file is damaged.");
        return static_cast<std::size_t>(value);
    };
    return {count(0), count(1), count(2), count(3), count(4), count(5)};
}

bool isZoneName(const std::string& name) {
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '+' || c == '-' || c == '/';
    };
    return !name.empty() && name.size() <= 64 && name.front() != '/' &&
           std::all_of(name.begin(), name.end(), isAllowed);
}

std::optional<std::string> readZoneFile(const std::string& name) {
    for (const char* directory : directories) {
        std::ifstream in(std::string(directory) + "/" + name, std::ios::binary);
        std::string bytes(maxFileBytes, '\0');
        if (!in.read(&bytes[0], static_cast<std::streamsize>(bytes.size())) && in.gcount() == 0)
            continue;
        bytes.resize(static_cast<std::size_t>(in.gcount()));
        return bytes;
    }
    return std::nullopt;
}

[[noreturn]] void throwUnknown(const std::string& name) {
    throw std::invalid_argument("'" + cutText(oneLine(name), 64) +
                                "' is not a time zone of this system: use a name like Europe/Berlin, "
                                "America/New_York or UTC.");
}

} // namespace

TimeZone TimeZone::fromBytes(const std::string& bytes) {
    if (bytes.size() < headerBytes)
        throw std::invalid_argument("The file is not a time zone file.");
    const bool wide = bytes[4] >= '2'; // a second block with 64-bit times and the rule for later years
    const std::size_t second = headerBytes + countsAt(bytes, 0).bodyBytes(4);
    const std::size_t header = wide ? std::min(second, bytes.size()) : 0;
    const std::size_t width = wide ? 8 : 4;
    const Counts counts = countsAt(bytes, header);
    const std::size_t times = header + headerBytes;
    const std::size_t indices = times + counts.transitions * width;
    const std::size_t types = indices + counts.transitions;

    const auto offsetOfType = [&](std::size_t type) {
        if (type >= counts.types)
            throw std::invalid_argument("The time zone file is damaged.");
        return static_cast<int>(bigEndian(bytes, types + type * 6, 4));
    };
    TimeZone zone;
    zone._initialOffset = offsetOfType(0);
    for (std::size_t i = 0; i < counts.transitions; ++i) {
        const std::int64_t at = bigEndian(bytes, times + i * width, width);
        const auto type = static_cast<std::size_t>(bigEndian(bytes, indices + i, 1) & 0xFF);
        zone._transitions.push_back({at, offsetOfType(type)});
    }
    const std::size_t footer = header + headerBytes + counts.bodyBytes(width);
    if (wide && footer < bytes.size() && bytes[footer] == '\n') {
        const auto end = bytes.find('\n', footer + 1);
        if (end != std::string::npos)
            zone._after = PosixZone::parse(bytes.substr(footer + 1, end - footer - 1));
    }
    return zone;
}

std::shared_ptr<const TimeZone> TimeZone::named(const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const TimeZone>> known;
    if (!isZoneName(name))
        throwUnknown(name);
    const std::lock_guard<std::mutex> lock(mutex);
    auto& zone = known[name];
    if (zone)
        return zone;
    try {
        if (const auto bytes = readZoneFile(name))
            zone = std::make_shared<TimeZone>(fromBytes(*bytes));
        else if (name == "UTC")
            zone = std::make_shared<TimeZone>(); // known even where no database is installed
    } catch (const std::invalid_argument&) {
        zone.reset();
    }
    if (zone)
        return zone;
    known.erase(name);
    throwUnknown(name);
}

int TimeZone::offsetAt(std::int64_t utcSeconds) const {
    const auto later = std::upper_bound(
        _transitions.begin(), _transitions.end(), utcSeconds,
        [](std::int64_t moment, const Transition& transition) { return moment < transition.at; });
    if (later == _transitions.end() && _after)
        return _after->offsetAt(utcSeconds);
    return later == _transitions.begin() ? _initialOffset : std::prev(later)->offset;
}

} // namespace jira_plugin::mapping
