#include "severity.hpp"

#include <charconv>

namespace aspm::host::sarif {

std::string_view toString(Severity severity) {
    switch (severity) {
    case Severity::Critical:
        return "critical";
    case Severity::High:
        return "high";
    case Severity::Medium:
        return "medium";
    case Severity::Low:
        return "low";
    case Severity::Info:
        break;
    }
    return "info";
}

std::optional<double> securityScore(const JsonView& properties) {
    const JsonView member = properties.member("security-severity");
    double score = -1;
    if (member.isNumber()) {
        score = member.number(score);
    } else if (member.isString()) {
        const std::string& text = member.text();
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), score);
        if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
            return std::nullopt;
    }
    if (score >= 0 && score <= 10) // false for "nan" as well
        return score;
    return std::nullopt;
}

const std::string& readLevel(const JsonView& level) {
    return level.oneOf({"error", "warning", "note", "none"});
}

Severity severityOf(std::optional<double> score, const std::string& level) {
    if (score && *score > 0) {
        if (*score >= 9.0)
            return Severity::Critical;
        if (*score >= 7.0)
            return Severity::High;
        return *score >= 4.0 ? Severity::Medium : Severity::Low;
    }
    if (level == "error")
        return Severity::High;
    if (level == "note")
        return Severity::Low;
    return level == "none" ? Severity::Info : Severity::Medium;
}

} // namespace aspm::host::sarif
