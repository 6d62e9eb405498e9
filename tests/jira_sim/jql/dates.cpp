#include "jql/dates.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include <Poco/String.h>

namespace jira_sim::jql {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = std::int64_t{24} * 60 * minuteMs;

std::int64_t unitMs(char unit) {
    switch (unit) {
    case 'm':
        return minuteMs;
    case 'h':
        return 60 * minuteMs;
    case 'd':
        return dayMs;
    case 'w':
        return 7 * dayMs;
    default:
        return 0;
    }
}

/// `-1w 2d`, `30m`; the sign counts for the whole text.
std::optional<std::int64_t> offset(const std::string& text) {
    std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const std::int64_t sign = !text.empty() && text[0] == '-' ? -1 : 1;
    std::int64_t total = 0;
    bool any = false;
    while (i < text.size()) {
        std::int64_t number = 0;
        const std::size_t start = i;
        while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0 && i - start < 9)
            number = number * 10 + (text[i++] - '0');
        if (i == start || i == text.size() || unitMs(text[i]) == 0)
            return std::nullopt;
        total += number * unitMs(text[i++]);
        any = true;
        while (i < text.size() && text[i] == ' ')
            ++i;
    }
    return any ? std::optional<std::int64_t>(sign * total) : std::nullopt;
}

std::optional<std::int64_t> absolute(std::string text) {
    std::replace(text.begin(), text.end(), '/', '-');
    const std::int64_t day = parseIsoDate(text.substr(0, 10));
    if (day < 0)
        return std::nullopt;
    if (text.size() == 10)
        return day;
    const auto digit = [&](std::size_t i) { return std::isdigit(static_cast<unsigned char>(text[i])) != 0; };
    if (text.size() != 16 || text[10] != ' ' || text[13] != ':' || !digit(11) || !digit(12) || !digit(14) ||
        !digit(15))
        return std::nullopt;
    const std::int64_t hours = std::stoi(text.substr(11, 2)), minutes = std::stoi(text.substr(14, 2));
    return day + (hours * 60 + minutes) * minuteMs;
}

std::optional<std::int64_t> function(const Term::Operand& value, std::int64_t nowMs) {
    const std::string name = Poco::toLower(value.text);
    const auto shift = value.argument.empty() ? std::optional<std::int64_t>(0) : offset(value.argument);
    const std::int64_t midnight = nowMs - nowMs % dayMs;
    if (!shift)
        return std::nullopt;
    if (name == "now")
        return nowMs;
    if (name == "startofday")
        return midnight + *shift;
    if (name == "endofday")
        return midnight + dayMs - 1 + *shift;
    return std::nullopt;
}

} // namespace

std::int64_t dateOperand(const Term& term, std::int64_t nowMs) {
    const Term::Operand& value = term.values.front();
    if (value.function) {
        if (const auto at = function(value, nowMs))
            return *at;
        throw Refused{"Unable to find JQL function '" + value.text + "(" + value.argument + ")'."};
    }
    const bool digits = !value.text.empty() && value.text.size() < 16 &&
                        std::all_of(value.text.begin(), value.text.end(),
                                    [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    if (digits && !value.quoted)
        return std::stoll(value.text);
    if (const auto shift = offset(value.text))
        return nowMs + *shift;
    if (const auto at = absolute(value.text))
        return *at;
    throw Refused{
        "Date value '" + value.text + "' for field '" + term.field +
        "' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', "
        "'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."};
}

} // namespace jira_sim::jql
