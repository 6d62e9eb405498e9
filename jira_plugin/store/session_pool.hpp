#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/AutoPtr.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionImpl.h>

namespace jira_plugin::store {

/// Sessions to one SQLite file, opened when needed and used again. A session counts as idle when only the
/// pool refers to it, so callers simply let go of theirs. Poco's own pool goes through the process-wide
/// connector registry, which belongs to the host. Safe from any thread.
class SessionPool {
public:
    explicit SessionPool(std::string path) : _path(std::move(path)) {}

    /// Throws Poco::Data exceptions.
    Poco::Data::Session take();

    /// The one session that writes, for who holds writing(). Always the same: a session that another one has
    /// written behind has to read every page again. Throws Poco::Data exceptions.
    Poco::Data::Session writer();

    /// Held while a transaction writes: SQLite has one writer at a time, and waiting here costs nothing where
    /// SQLite's own waiting polls.
    std::mutex& writing() { return _writing; }

private:
    Poco::AutoPtr<Poco::Data::SessionImpl> open(int cacheKiB) const;

    const std::string _path;
    std::mutex _mutex;
    std::vector<Poco::AutoPtr<Poco::Data::SessionImpl>> _sessions;
    std::mutex _writing;
    Poco::AutoPtr<Poco::Data::SessionImpl> _writer;
};

} // namespace jira_plugin::store
