#include "posix_zone.hpp"

#include "civil_date.hpp"

#include <cctype>

namespace jira_plugin::mapping {
namespace {

constexpr std::int64_t secondsPerDay = 86400;

/// Reads the rule from left to right; every function returns false when the text is not as expected.
class Reader {
public:
    explicit Reader(const std::string& text) : _text(text) {}

    bool atEnd() const { return _at == _text.size(); }

    bool take(char c) {
        if (atEnd() || _text[_at] != c)
            return false;
        ++_at;
        return true;
    }

    bool name() {
        const std::size_t begin = _at;
        if (take('<')) {
            while (!atEnd() && _text[_at] != '>')
                ++_at;
            return take('>');
        }
        while (!atEnd() && std::isalpha(static_cast<unsigned char>(_text[_at])))
            ++_at;
        return _at - begin >= 3;
    }

    bool number(int& out, int highest) {
        const std::size_t begin = _at;
        out = 0;
        while (!atEnd() && _at - begin < 3 && std::isdigit(static_cast<unsigned char>(_text[_at])))
            out = out * 10 + (_text[_at++] - '0');
        return _at > begin && out <= highest;
    }

    /// [+-]hh[:mm[:ss]] in seconds.
    bool time(int& out) {
        const int sign = take('-') ? -1 : 1;
        if (sign == 1)
            take('+');
        int hours = 0;
        int minutes = 0;
        int seconds = 0;
        if (!number(hours, 167))
            return false;
        if (take(':') && (!number(minutes, 59) || (take(':') && !number(seconds, 59))))
            return false;
        out = sign * (hours * 3600 + minutes * 60 + seconds);
        return true;
    }

    bool change(PosixZone::Change& out) {
        using Kind = PosixZone::Change::Kind;
        if (take('M')) {
            out.kind = Kind::Month;
            if (!number(out.month, 12) || !take('.') || !number(out.week, 5) || !take('.') ||
                !number(out.day, 6) || out.month < 1 || out.week < 1)
                return false;
        } else {
            out.kind = take('J') ? Kind::JulianWithoutLeapDay : Kind::DayOfYear;
            if (!number(out.day, 365) || (out.kind == Kind::JulianWithoutLeapDay && out.day < 1))
                return false;
        }
        return !take('/') || time(out.second);
    }

    bool digitsFollow() const {
        return !atEnd() && (std::isdigit(static_cast<unsigned char>(_text[_at])) || _text[_at] == '+' ||
                            _text[_at] == '-');
    }

private:
    const std::string& _text;
    std::size_t _at = 0;
};

bool isLeap(std::int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int64_t dayOfChange(const PosixZone::Change& change, std::int64_t year) {
    using Kind = PosixZone::Change::Kind;
    const std::int64_t newYear = daysFromCivil({year, 1, 1});
    if (change.kind == Kind::DayOfYear)
        return newYear + change.day;
    if (change.kind == Kind::JulianWithoutLeapDay)
        return newYear + change.day - 1 + (isLeap(year) && change.day >= 60 ? 1 : 0);
    const std::int64_t first = daysFromCivil({year, change.month, 1});
    const CivilDate next =
        change.month == 12 ? CivilDate{year + 1, 1, 1} : CivilDate{year, change.month + 1, 1};
    std::int64_t day = first + (change.day - weekdayOf(first) + 7) % 7 + std::int64_t{7} * (change.week - 1);
    while (day >= daysFromCivil(next))
        day -= 7;
    return day;
}

/// The moment of a change in UTC, given the offset that holds before it.
std::int64_t momentOf(const PosixZone::Change& change, std::int64_t year, int offsetBefore) {
    return dayOfChange(change, year) * secondsPerDay + change.second - offsetBefore;
}

std::int64_t yearOf(std::int64_t localSeconds) {
    std::int64_t days = localSeconds / secondsPerDay;
    if (localSeconds % secondsPerDay < 0)
        --days;
    return civilFromDays(days).year;
}

} // namespace

std::optional<PosixZone> PosixZone::parse(const std::string& text) {
    Reader reader(text);
    PosixZone zone;
    int west = 0;
    if (!reader.name() || !reader.time(west))
        return std::nullopt;
    zone._standard = -west;
    if (reader.atEnd())
        return zone;
    if (!reader.name())
        return std::nullopt;
    zone._hasDaylight = true;
    zone._daylight = zone._standard + 3600;
    if (reader.digitsFollow()) {
        if (!reader.time(west))
            return std::nullopt;
        zone._daylight = -west;
    }
    if (!reader.take(',') || !reader.change(zone._begin) || !reader.take(',') || !reader.change(zone._end) ||
        !reader.atEnd())
        return std::nullopt;
    return zone;
}

int PosixZone::offsetAt(std::int64_t utcSeconds) const {
    if (!_hasDaylight)
        return _standard;
    const std::int64_t year = yearOf(utcSeconds + _standard);
    const std::int64_t begin = momentOf(_begin, year, _standard);
    const std::int64_t end = momentOf(_end, year, _daylight);
    // South of the equator daylight saving spans the turn of the year.
    const bool daylight =
        begin < end ? utcSeconds >= begin && utcSeconds < end : utcSeconds >= begin || utcSeconds < end;
    return daylight ? _daylight : _standard;
}

} // namespace jira_plugin::mapping
