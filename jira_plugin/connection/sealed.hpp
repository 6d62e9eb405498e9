#pragma once

#include "secret.hpp"

#include <stdexcept>
#include <string>

namespace jira_plugin::host {
class Keys;
}

namespace jira_plugin::connection {

/// A sealed text could not be opened: another key, another place, or changed bytes. Holds no secret.
class SealError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Encrypts secrets for the database: AES-256-GCM under the host's key, a random nonce each time, and the
/// organisation and the field as associated data, so that a sealed text opens only where it was written. The
/// key's id is stored beside it: after the host changes its key, older texts still open. Safe from any
/// thread.
///
/// Form: "1.<key id>.<nonce, cipher text, tag>", the last two in base64url.
class Sealer {
public:
    explicit Sealer(host::Keys& keys) : _keys(keys) {}

    /// Throws SealError, or what the host throws when it has no key.
    std::string seal(const std::string& organisation, const std::string& field, const Secret& plain) const;
    Secret open(const std::string& organisation, const std::string& field, const std::string& sealed) const;
    /// Whether the host's present key sealed it. Throws as open does.
    bool isCurrent(const std::string& organisation, const std::string& sealed) const;

private:
    host::Keys& _keys;
};

} // namespace jira_plugin::connection
