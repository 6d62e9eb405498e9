#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>

#include <aspm_host/services.hpp>

namespace aspm::host {

/// The machine's time plus an offset, which plays what happens to the clocks of machines.
class AdjustableClock : public ClockService {
public:
    std::int64_t nowMs() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() + _offsetMs;
    }
    void advanceMs(std::int64_t ms) { _offsetMs += ms; }
    void setOffsetMs(std::int64_t ms) { _offsetMs = ms; }
    std::int64_t offsetMs() const { return _offsetMs; }

private:
    std::atomic<std::int64_t> _offsetMs{0};
};

/// One directory per plugin below DATA/plugins.
class PluginDirectories : public StorageService {
public:
    PluginDirectories(std::filesystem::path base, const ConfigService& config)
        : _base(std::move(base)), _config(config) {}

    std::string dataDirectory(const std::string& plugin) override;
    std::optional<std::string> databaseUrl(const std::string& plugin) override;

private:
    std::filesystem::path _base;
    const ConfigService& _config;
};

/// Addresses as seen from outside.
class Addresses : public UrlsService {
public:
    /// base: without '/' at its end. Set before plugins are started, once the port is known.
    void setBase(const std::string& base);

    std::string base() const override;
    std::string settingsPage(const std::string& page) const override;
    std::string webhookRoute(const std::string& plugin, const std::string& organisation,
                             const std::string& route) const override;
    std::string finding(const std::string& organisation, const std::string& finding) const override;

    /// What stands for a plugin in the paths of its webhooks: the last word of its id.
    static std::string shortName(const std::string& plugin) { return plugin.substr(plugin.rfind('.') + 1); }

private:
    mutable std::mutex _mutex;
    std::string _base;
};

} // namespace aspm::host
