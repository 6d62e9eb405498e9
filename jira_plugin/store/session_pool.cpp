#include "session_pool.hpp"

#include <algorithm>

#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::store {
namespace {

constexpr std::size_t idleSessionsKept = 8;
// Poco tries again for as long as this when the file cannot be opened, and by default that is a minute.
constexpr std::size_t openSeconds = 2;

// A small cache for each session that reads bounds what many threads cost. The writer's holds the indexes and
// newest rows of a queue of thousands.
constexpr int readerKiB = 1024;
constexpr int writerKiB = 4096;
// A checkpoint writes each page once, however often it has changed since the last: rarely is cheaper. With
// pages of 4 KiB, the log stays below 16 MiB.
// Deleted rows are overwritten, so that a token that is gone is not found in the file.
constexpr const char* settings[] = {"PRAGMA busy_timeout = 10000", "PRAGMA journal_mode = WAL",
                                    "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 4000",
                                    "PRAGMA secure_delete = ON"};

} // namespace

Poco::AutoPtr<Poco::Data::SessionImpl> SessionPool::open(int cacheKiB) const {
    Poco::AutoPtr<Poco::Data::SessionImpl> impl = new Poco::Data::SQLite::SessionImpl(_path, openSeconds);
    Poco::Data::Session session(impl);
    for (const char* setting : settings)
        session << setting, Poco::Data::Keywords::now;
    session << "PRAGMA cache_size = -" << cacheKiB, Poco::Data::Keywords::now;
    return impl;
}

Poco::Data::Session SessionPool::writer() {
    if (!_writer || !_writer->isConnected())
        _writer = open(writerKiB);
    return Poco::Data::Session(_writer);
}

Poco::Data::Session SessionPool::take() {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto broken = [](const auto& session) { return !session->isConnected(); };
    _sessions.erase(std::remove_if(_sessions.begin(), _sessions.end(), broken), _sessions.end());
    const auto idle = [](const auto& session) { return session->referenceCount() == 1; };
    const auto found = std::find_if(_sessions.begin(), _sessions.end(), idle);
    if (found != _sessions.end())
        return Poco::Data::Session(*found);
    if (_sessions.size() >= idleSessionsKept)
        return Poco::Data::Session(open(readerKiB));
    _sessions.push_back(open(readerKiB));
    return Poco::Data::Session(_sessions.back());
}

} // namespace jira_plugin::store
