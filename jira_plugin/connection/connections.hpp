#pragma once

#include "jira/client.hpp"

#include <memory>
#include <string>

namespace jira_plugin::connection {

/// The Jira connections of all organisations. Safe from any thread.
class Connections {
public:
    virtual ~Connections() = default;

    /// The organisation's Jira, kept connected and with a fresh token. The same object while the connection
    /// stays the same. Throws jira::NotConfigured when there is none, jira::ReconnectNeeded when its grant is
    /// dead.
    virtual std::shared_ptr<jira::Client> client(const std::string& organisation) = 0;

    /// Whether client() would answer now; looks at the store only.
    virtual bool isConnected(const std::string& organisation) = 0;
};

} // namespace jira_plugin::connection
