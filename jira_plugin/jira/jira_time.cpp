#include "jira_time.hpp"

#include <regex>

#include <Poco/DateTime.h>
#include <Poco/NumberParser.h>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t longestTime = 40;

int digits(const std::string& text) {
    return text.empty() ? 0 : std::stoi(text);
}

/// ".5" is 500, ".123456" is 123.
int millisOf(const std::string& fraction) {
    return digits((fraction + "000").substr(0, 3));
}

} // namespace

std::int64_t timeFromJira(const std::string& text) {
    static const std::regex form(R"((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)"
                                 R"((?:Z|([+-])(\d\d):?(\d\d))?)");
    std::smatch parts;
    if (text.size() > longestTime || !std::regex_match(text, parts, form)) {
        Poco::Int64 number = 0;
        return Poco::NumberParser::tryParse64(text, number) && number > 0 ? number : 0;
    }
    const int year = digits(parts[1]), month = digits(parts[2]), day = digits(parts[3]);
    const int hour = digits(parts[4]), minute = digits(parts[5]), second = digits(parts[6]);
    if (!Poco::DateTime::isValid(year, month, day, hour, minute, second, 0, 0)) {
        return 0;
    }
    const Poco::DateTime local(year, month, day, hour, minute, second, millisOf(parts[7]));
    const std::int64_t offsetMs = (digits(parts[9]) * 60LL + digits(parts[10])) * 60'000;
    return local.timestamp().epochMicroseconds() / 1000 + (parts[8] == "-" ? offsetMs : -offsetMs);
}

} // namespace jira_plugin::jira
