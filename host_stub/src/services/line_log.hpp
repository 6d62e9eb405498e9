#pragma once

#include <atomic>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

namespace aspm::host {

/// One line per entry, to stderr or a file:
///   2026-01-31T09:00:00.123Z info com.example.plugin message name=value
/// What is secret in the configuration never gets through. Safe from any thread.
class LineLog : public LogService {
public:
    /// file empty: stderr. Throws Problem when the file cannot be written.
    LineLog(aspm_log_level least, const std::string& file);

    void setSecrets(std::vector<std::string> secrets);

    bool enabled(aspm_log_level level) const override { return level >= _least; }
    void write(const std::string& plugin, aspm_log_level level, const std::string& message,
               const Fields& fields) override;

    /// The host's own lines.
    void info(const std::string& message) { write("host", ASPM_LOG_INFO, message, {}); }
    void warning(const std::string& message) { write("host", ASPM_LOG_WARNING, message, {}); }
    void error(const std::string& message) { write("host", ASPM_LOG_ERROR, message, {}); }

private:
    std::string clean(const std::string& text) const;

    aspm_log_level _least;
    std::ofstream _file;
    mutable std::mutex _mutex;
    std::vector<std::string> _secrets;
};

/// info, warning, ... to the level; throws Problem for another word.
aspm_log_level logLevelFromName(const std::string& name);

} // namespace aspm::host
