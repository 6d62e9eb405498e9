#pragma once

#include <optional>
#include <string>
#include <vector>

#include <aspm_host/model.hpp>

#include "database.hpp"
#include "finding_store.hpp"

namespace aspm::host {

/// The changes of findings that plugins have yet to be told, one queue per hook. Each is told at least once,
/// across restarts.
class EventStore {
public:
    EventStore(Database& database, FindingStore::UrlOf urlOf)
        : _database(database), _urlOf(std::move(urlOf)) {}

    /// A hook that was never seen before hears of what happens from now on.
    void registerHook(const std::string& plugin, const std::string& hook);

    struct Pending {
        std::int64_t id = 0;
        bool isRetry = false;
        std::int64_t attempts = 0;
        FindingChange change;
    };

    /// The next change to tell this hook: a retry that is due, else the next in line.
    std::optional<Pending> next(const std::string& plugin, const std::string& hook, std::int64_t nowMs);

    /// When the earliest retry of this hook is due, if it has any.
    std::optional<std::int64_t> nextRetryMs(const std::string& plugin, const std::string& hook);

    /// The hook was told, or will not be told again.
    void done(const std::string& plugin, const std::string& hook, const Pending& pending);

    /// The hook wants to be told again at dueMs.
    void retry(const std::string& plugin, const std::string& hook, const Pending& pending,
               std::int64_t dueMs);

    /// How many changes this hook has yet to hear of, retries included.
    std::int64_t pending(const std::string& plugin, const std::string& hook);

    /// Forgets changes that every hook was told long ago.
    void prune();

private:
    FindingChange changeOf(Connection& c, const Rows& rows) const;

    Database& _database;
    FindingStore::UrlOf _urlOf;
};

} // namespace aspm::host
