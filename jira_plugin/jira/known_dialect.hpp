#pragma once

#include "rest_call.hpp"
#include "server_dialect.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace jira_plugin::jira {

/// Keeps what was seen of a server, so that it is not asked again after a restart. Safe from any thread.
class DialectMemory {
public:
    virtual ~DialectMemory() = default;
    virtual std::optional<ServerDialect> load() = 0;
    virtual void save(const ServerDialect& dialect) = 0;
};

/// The dialect of one server. It is asked for once, remembered, and looked at again every day and when an
/// answer does not fit: an upgrade of Jira is noticed. Safe from any thread.
class KnownDialect {
public:
    /// memory: may be null.
    KnownDialect(RestCall& call, std::shared_ptr<DialectMemory> memory, std::function<std::int64_t()> nowMs);

    /// Goes to the network when nothing is known or it is a day old. Throws the types of errors.hpp;
    /// NotConfigured for a server that is not supported.
    ServerDialect current();

    /// An answer did not fit this dialect: what the server says now.
    ServerDialect askAgain(const ServerDialect& doubted);

    /// Asks now, whatever is known.
    ServerInfo ask();

private:
    ServerInfo askLocked();
    bool isFresh(const ServerDialect& dialect) const;

    RestCall& _call;
    const std::shared_ptr<DialectMemory> _memory;
    const std::function<std::int64_t()> _nowMs;
    std::mutex _mutex; ///< held while asking: one question is enough for all
    std::optional<ServerDialect> _dialect;
    std::int64_t _notBeforeMs = 0; ///< of the next daily look, after one that failed
};

} // namespace jira_plugin::jira
