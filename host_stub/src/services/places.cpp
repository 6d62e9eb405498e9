#include "places.hpp"

#include "private_file.hpp"

namespace aspm::host {

std::string PluginDirectories::dataDirectory(const std::string& plugin) {
    std::filesystem::path directory = std::filesystem::absolute(_base / plugin);
    try {
        ensurePrivateDirectory(_base);
        ensurePrivateDirectory(directory);
    } catch (const Problem& problem) {
        throw ServiceError(ASPM_CONFIG, problem.message(), problem.remedy());
    }
    return directory.string();
}

std::optional<std::string> PluginDirectories::databaseUrl(const std::string&) {
    auto url = _config.value("database.url");
    return url && !url->empty() ? url : std::nullopt;
}

void Addresses::setBase(const std::string& base) {
    std::lock_guard<std::mutex> lock(_mutex);
    _base = base;
    while (!_base.empty() && _base.back() == '/')
        _base.pop_back();
}

std::string Addresses::base() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _base;
}

std::string Addresses::settingsPage(const std::string& page) const {
    return base() + "/settings/integrations/" + page;
}

std::string Addresses::webhookRoute(const std::string& plugin, const std::string& organisation,
                                    const std::string& route) const {
    return base() + "/hooks/" + (organisation.empty() ? "-" : organisation) + "/" + shortName(plugin) + "/" +
           route;
}

std::string Addresses::finding(const std::string& organisation, const std::string& finding) const {
    return base() + "/o/" + organisation + "/findings/" + finding;
}

} // namespace aspm::host
