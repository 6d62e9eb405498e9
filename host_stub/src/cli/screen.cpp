#include "screen.hpp"

#include <cstdlib>
#include <iostream>
#include <map>

#include <sys/ioctl.h>
#include <unistd.h>

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

namespace aspm::host::cli {

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::size_t terminalWidth() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

const char* codeOf(Style style) {
    switch (style) {
    case Style::bold:
        return "1";
    case Style::dim:
        return "2";
    case Style::good:
        return "32";
    case Style::warning:
        return "33";
    case Style::bad:
        return "31";
    default:
        return "0";
    }
}

} // namespace

Screen Screen::ofStdout() {
    bool terminal = ::isatty(STDOUT_FILENO) != 0;
    bool colours = terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
    return {std::cout, terminal ? terminalWidth() : 0, colours};
}

std::string Screen::styled(const std::string& text, Style style) const {
    if (!colours || style == Style::plain || text.empty())
        return text;
    return std::string("\x1b[") + codeOf(style) + "m" + text + "\x1b[0m";
}

Style styleOf(const std::string& word) {
    static const std::map<std::string, Style> styles{
        {"critical", Style::bad},     {"high", Style::bad},     {"medium", Style::warning},
        {"info", Style::dim},         {"created", Style::good}, {"parked", Style::bad},
        {"refused", Style::bad},      {"error", Style::bad},    {"waiting", Style::warning},
        {"in doubt", Style::warning}, {"queued", Style::dim},   {"warning", Style::warning},
        {"none", Style::dim},
    };
    auto found = styles.find(word);
    return found == styles.end() ? Style::plain : found->second;
}

std::string timeText(long long ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d %H:%M:%S");
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace aspm::host::cli
