#pragma once

#include "context.hpp"
#include "token_keeper.hpp"

#include "jira/client.hpp"

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace jira_plugin::connection {

/// One client with its tokens for each organisation that is connected to one kind of Jira: the same while the
/// connection stays the same. Safe from any thread.
template <class Tokens> class ClientCache {
public:
    struct Entry {
        std::int64_t connectedAtMs = 0;
        std::shared_ptr<Tokens> tokens;
        std::shared_ptr<jira::Client> client;
    };

    /// deployment: the kind, as it is stored. context: borrowed.
    ClientCache(Context& context, const char* deployment) : _context(context), _deployment(deployment) {}

    /// make(record, entry) gives the entry its tokens and client. Throws jira::NotConfigured,
    /// jira::ReconnectNeeded.
    template <class Make> Entry get(const std::string& organisation, const Make& make) {
        const ConnectionRecord record = liveRecord(_context, organisation, _deployment);
        const std::lock_guard lock(_mutex);
        Entry& entry = _entries[organisation];
        if (!entry.client || entry.connectedAtMs != record.connectedAtMs) {
            make(record, entry);
            entry.connectedAtMs = record.connectedAtMs;
        }
        return entry;
    }

    void forget(const std::string& organisation) {
        const std::lock_guard lock(_mutex);
        _entries.erase(organisation);
    }

    /// keepAlive(organisation) for each that is connected; what fails is logged, whatever it is.
    template <class KeepAlive> void keepAlive(const KeepAlive& work) {
        for (const auto& organisation : _context.connections.connectedOrganisations(_deployment)) {
            try {
                work(organisation);
            } catch (const std::exception& error) {
                _context.services.log.warning("The connection to Jira was not kept alive",
                                              {{"organisation", organisation}, {"cause", error.what()}});
            }
        }
    }

private:
    Context& _context;
    const char* const _deployment;
    std::mutex _mutex;
    std::map<std::string, Entry> _entries;
};

} // namespace jira_plugin::connection
