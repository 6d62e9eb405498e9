#include "jira_time.hpp"

#include <optional>
#include <string_view>

#include <Poco/DateTime.h>
#include <Poco/NumberParser.h>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t longestTime = 40;
constexpr int millisOfSecond = 1000;

/// Reads a text of a fixed form from its front. What does not fit leaves it no good from there on.
class FormReader {
public:
    explicit FormReader(std::string_view text) : _rest(text) {}

    bool isAtEnd() const { return _isGood && _rest.empty(); }
    bool isNext(char c) const { return _isGood && !_rest.empty() && _rest.front() == c; }
    bool isDigitNext() const {
        return _isGood && !_rest.empty() && _rest.front() >= '0' && _rest.front() <= '9';
    }
    /// Whether it came next; then it is passed.
    bool passed(char c) {
        const bool is = isNext(c);
        if (is)
            _rest.remove_prefix(1);
        return is;
    }
    void expect(char c) { _isGood = passed(c); }
    /// Of exactly so many digits.
    int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; ++i)
            value = value * 10 + digit();
        return value;
    }
    int digit() {
        _isGood = isDigitNext();
        if (!_isGood)
            return 0;
        const int value = _rest.front() - '0';
        _rest.remove_prefix(1);
        return value;
    }

private:
    std::string_view _rest;
    bool _isGood = true;
};

/// After the point: "5" is 500, "123456" is 123.
int readMillis(FormReader& form) {
    int millis = 0;
    int unit = millisOfSecond / 10;
    do {
        millis += form.digit() * unit;
        unit /= 10;
    } while (form.isDigitNext());
    return millis;
}

/// 0 when there is none.
int readOffsetMinutes(FormReader& form) {
    if (form.passed('Z') || form.isAtEnd())
        return 0;
    const int sign = form.isNext('-') ? -1 : 1;
    form.expect(sign < 0 ? '-' : '+');
    const int hours = form.number(2);
    form.passed(':');
    return sign * (hours * 60 + form.number(2));
}

std::optional<std::int64_t> readTime(std::string_view text) {
    FormReader form(text);
    const int year = form.number(4);
    form.expect('-');
    const int month = form.number(2);
    form.expect('-');
    const int day = form.number(2);
    form.expect('T');
    const int hour = form.number(2);
    form.expect(':');
    const int minute = form.number(2);
    form.expect(':');
    const int second = form.number(2);
    const int millis = form.passed('.') ? readMillis(form) : 0;
    const std::int64_t offsetMinutes = readOffsetMinutes(form);
    if (!form.isAtEnd() || !Poco::DateTime::isValid(year, month, day, hour, minute, second, 0, 0))
        return std::nullopt;
    const Poco::DateTime local(year, month, day, hour, minute, second, millis);
    return local.timestamp().epochMicroseconds() / millisOfSecond - offsetMinutes * 60 * millisOfSecond;
}

} // namespace

std::int64_t timeFromJira(const std::string& text) {
    if (text.size() <= longestTime)
        if (const auto time = readTime(text))
            return *time;
    Poco::Int64 number = 0;
    return Poco::NumberParser::tryParse64(text, number) && number > 0 ? number : 0;
}

} // namespace jira_plugin::jira
