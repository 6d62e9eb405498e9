#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

namespace aspm::host {

/// The keys that plugins encrypt with, one current and any number of earlier ones per organisation, in one
/// file of mode 0600:
///   {"organisations": {"acme": {"current": "k-...", "keys": {"k-...": "base64 of 32 bytes"}}}}
/// Safe from any thread, for one process at a time.
class KeyFile : public SecretsService {
public:
    /// Throws Problem when the file is there but unreadable, damaged or open to others.
    explicit KeyFile(std::filesystem::path file);

    EncryptionKey currentKey(const std::string& organisation) override;
    std::optional<EncryptionKey> key(const std::string& organisation, const std::string& id) override;

    /// A new current key; what earlier ones encrypted stays readable. Answers its id.
    std::string rotate(const std::string& organisation);

private:
    struct Keys {
        std::string current;
        std::map<std::string, std::string> bytes;
    };

    void read();
    void write() const;
    const Keys& withCurrent(const std::string& organisation);
    void addKey(Keys& keys) const;

    std::filesystem::path _file;
    std::mutex _mutex;
    std::map<std::string, Keys> _organisations;
};

} // namespace aspm::host
