#include "line_log.hpp"

#include <iostream>

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

constexpr std::size_t leastSecretSize = 6; // shorter ones would blank half the line
const std::string mask = "[secret]";

const char* levelName(aspm_log_level level) {
    switch (level) {
    case ASPM_LOG_DEBUG:
        return "debug";
    case ASPM_LOG_INFO:
        return "info";
    case ASPM_LOG_WARNING:
        return "warning";
    default:
        return "error";
    }
}

} // namespace

LineLog::LineLog(aspm_log_level least, const std::string& file) : _least(least) {
    if (file.empty())
        return;
    _file.open(file, std::ios::app);
    if (!_file)
        throw Problem("The log file " + file + " cannot be written.",
                      "Choose another one with --log, or leave it out.");
}

void LineLog::setSecrets(std::vector<std::string> secrets) {
    std::lock_guard<std::mutex> lock(_mutex);
    _secrets = std::move(secrets);
}

/// One line stays one line, and secrets stay out.
std::string LineLog::clean(const std::string& text) const {
    std::string out;
    for (char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += ' ';
        else
            out += c;
    }
    for (const std::string& secret : _secrets)
        if (secret.size() >= leastSecretSize)
            for (std::size_t at = 0; (at = out.find(secret, at)) != std::string::npos; at += mask.size())
                out.replace(at, secret.size(), mask);
    return out;
}

void LineLog::write(const std::string& plugin, aspm_log_level level, const std::string& message,
                    const Fields& fields) {
    if (!enabled(level))
        return;
    std::lock_guard<std::mutex> lock(_mutex);
    std::string line = Poco::DateTimeFormatter::format(Poco::Timestamp(), "%Y-%m-%dT%H:%M:%S.%iZ");
    line += std::string(" ") + levelName(level) + " " + plugin + " " + clean(message);
    for (const auto& [name, value] : fields) {
        std::string text = clean(value);
        bool quoted = text.empty() || text.find_first_of(" \"=") != std::string::npos;
        line += " " + clean(name) + "=" + (quoted ? "\"" + text + "\"" : text);
    }
    std::ostream& out = _file.is_open() ? static_cast<std::ostream&>(_file) : std::cerr;
    out << line + "\n" << std::flush;
}

aspm_log_level logLevelFromName(const std::string& name) {
    for (aspm_log_level level : {ASPM_LOG_DEBUG, ASPM_LOG_INFO, ASPM_LOG_WARNING, ASPM_LOG_ERROR})
        if (name == levelName(level))
            return level;
    throw Problem("host.log_level is \"" + name + "\".", "Use debug, info, warning or error.");
}

} // namespace aspm::host
