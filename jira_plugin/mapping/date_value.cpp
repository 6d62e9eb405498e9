#include "date_value.hpp"

#include "civil_date.hpp"

#include <regex>

namespace jira_plugin::mapping {
namespace {

constexpr std::size_t longestText = 40;

bool isInRange(const std::string& digits, int most) {
    return std::stoi(digits) <= most;
}

std::string milliseconds(std::string fraction) {
    fraction.resize(3, '0');
    return fraction;
}

std::string zone(const std::smatch& parts) {
    return parts[7].length() == 0 ? "+0000" : parts[7].str() + parts[8].str() + parts[9].str();
}

} // namespace

std::optional<std::string> dateValue(const std::string& text) {
    static const std::regex shape("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    std::smatch parts;
    if (text.size() > longestText || !std::regex_match(text, parts, shape))
        return std::nullopt;
    const CivilDate date{std::stoi(parts[1]), std::stoi(parts[2]), std::stoi(parts[3])};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1)
        return std::nullopt;
    // The 30th of February is not the same day when it is counted and written again.
    return formatDate(civilFromDays(daysFromCivil(date))) == text ? std::optional<std::string>(text)
                                                                  : std::nullopt;
}

std::optional<std::string> dateTimeValue(const std::string& text) {
    static const std::regex shape("(.{10})[Tt ]([0-9]{2}):([0-9]{2})(:([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
                                  "(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2}))");
    std::smatch parts;
    if (text.size() > longestText || !std::regex_match(text, parts, shape) || !dateValue(parts[1]))
        return std::nullopt;
    const std::string seconds = parts[5].length() == 0 ? "00" : parts[5].str();
    if (!isInRange(parts[2], 23) || !isInRange(parts[3], 59) || !isInRange(seconds, 59))
        return std::nullopt;
    if (parts[7].length() != 0 && (!isInRange(parts[8], 14) || !isInRange(parts[9], 59)))
        return std::nullopt;
    return parts[1].str() + "T" + parts[2].str() + ":" + parts[3].str() + ":" + seconds + "." +
           milliseconds(parts[6]) + zone(parts);
}

} // namespace jira_plugin::mapping
