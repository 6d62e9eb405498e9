#include "world/clock.hpp"

#include <cctype>

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

namespace jira_sim {

std::string jiraDateTime(std::int64_t ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%dT%H:%M:%S.%i+0000");
}

std::string isoDate(std::int64_t ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d");
}

std::int64_t parseIsoDate(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return -1;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != 4 && i != 7 && std::isdigit(static_cast<unsigned char>(text[i])) == 0)
            return -1;
    const int year = std::stoi(text.substr(0, 4));
    const int month = std::stoi(text.substr(5, 2));
    const int day = std::stoi(text.substr(8, 2));
    if (!Poco::DateTime::isValid(year, month, day))
        return -1;
    return Poco::DateTime(year, month, day).timestamp().epochMicroseconds() / 1000;
}

} // namespace jira_sim
