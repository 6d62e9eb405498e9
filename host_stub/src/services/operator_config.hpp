#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <aspm_host/manifest.hpp>
#include <aspm_host/services.hpp>

namespace aspm::host {

/// Configuration keys from a file, with the environment over it. Fixed once read; safe from any thread.
class OperatorConfig : public ConfigService {
public:
    OperatorConfig() = default;

    /// Reads `key = value` lines or a JSON object (nested ones joined by dots). Throws Problem with the line.
    void readFile(const std::filesystem::path& file);
    void readText(const std::string& text, const std::string& name);

    /// A key whose value must not appear in any output. Its value also comes from the environment.
    void declare(const std::string& key, bool secret);
    void declare(const Manifest& manifest);

    std::optional<std::string> value(const std::string& key) const override;
    std::string get(const std::string& key, const std::string& otherwise) const;

    bool isSecret(const std::string& key) const { return _secrets.count(key) != 0; }
    /// Declared, and no secret: its value may be shown.
    bool isShown(const std::string& key) const { return _known.count(key) != 0 && !isSecret(key); }
    /// Everything that is set, by key.
    const std::map<std::string, std::string>& values() const { return _values; }

    /// Values of secret keys, for the log to leave out.
    std::vector<std::string> secretValues() const;

    /// The variable that sets a key: jira.cloud.client_id -> ASPM_JIRA_CLOUD_CLIENT_ID.
    static std::string variableFor(const std::string& key);

private:
    std::map<std::string, std::string> _values;
    std::set<std::string> _known;
    std::set<std::string> _secrets;
};

} // namespace aspm::host
