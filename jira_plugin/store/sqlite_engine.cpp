#include "engine.hpp"
#include "kill_point.hpp"
#include "migrator.hpp"
#include "session_pool.hpp"
#include "sqlite_problem.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

namespace {

// The database holds sealed tokens and texts of findings: nobody but the host's user reads it. SQLite gives
// its side files the same permissions.
void createPrivately(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        throw notWritable(path);
    ::close(file);
}

/// A session that does not flush, for a scope.
class Unflushed {
public:
    Unflushed(Poco::Data::Session& session, Flush flush) : _session(session), _isOn(flush == Flush::No) {
        if (_isOn)
            _session << "PRAGMA synchronous = NORMAL", now;
    }
    ~Unflushed() {
        try {
            if (_isOn)
                _session << "PRAGMA synchronous = FULL", now;
        } catch (const Poco::Exception&) {
            // Setting a session's own switch reads and writes no file; a session that cannot is not used.
            _session.close();
        }
    }
    Unflushed(const Unflushed&) = delete;
    Unflushed& operator=(const Unflushed&) = delete;

private:
    Poco::Data::Session& _session;
    const bool _isOn;
};

/// An SQLite file in WAL mode with synchronous=FULL, so that what was committed survives a power cut. A file
/// of its own, locked while this lives, tells whether another process has the database open.
class SqliteEngine final : public Engine {
public:
    explicit SqliteEngine(std::string path) : _path(std::move(path)), _sessions(_path) {
        createPrivately(_path);
        inTransaction([this](Poco::Data::Session& session) { migrate(session, migrations(), _path); },
                      Flush::Yes, Isolation::Serial);
        _lockFile = ::open((_path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (_lockFile >= 0)
            _isSoleUser = ::flock(_lockFile, LOCK_EX | LOCK_NB) == 0;
        if (_isSoleUser)
            scrub(); // a process that died may have left what it had erased in the log
    }

    ~SqliteEngine() override {
        if (_lockFile >= 0)
            ::close(_lockFile);
    }

    const Dialect& dialect() const override { return sqliteDialect; }
    bool isShared() const override { return false; }
    bool isSoleUser() const override { return _isSoleUser; }

    Poco::Data::Session session() override {
        try {
            return _sessions.take();
        } catch (const Poco::Exception& problem) {
            throw explain(problem, _path);
        }
    }

    void inSession(const Work& work) override {
        try {
            Poco::Data::Session session = _sessions.take();
            work(session);
        } catch (const Poco::Exception& problem) {
            throw explain(problem, _path);
        }
    }

    // One writer at a time: every transaction runs as if it were alone.
    void inTransaction(const Work& work, Flush flush, Isolation) override {
        const std::lock_guard<std::mutex> writing(_sessions.writing());
        try {
            Poco::Data::Session session = _sessions.writer();
            const Unflushed unflushed(session, flush);
            // A write lock taken later fails without waiting when another writer came between.
            session << "BEGIN IMMEDIATE", now;
            try {
                work(session);
                killPoint("store.commit");
                session << "COMMIT", now;
                killPoint("store.committed");
            } catch (...) {
                // The engine may have rolled back by itself (disk full); the first problem is the one to
                // tell.
                try {
                    session << "ROLLBACK", now;
                } catch (const Poco::Exception&) {
                }
                throw;
            }
        } catch (const Poco::Exception& problem) {
            throw explain(problem, _path);
        }
    }

    // The log holds pages as they were before.
    void scrub() noexcept override {
        try {
            const std::lock_guard<std::mutex> writing(_sessions.writing());
            _sessions.writer() << "PRAGMA wal_checkpoint(TRUNCATE)", now;
        } catch (const std::exception&) { // the next checkpoint does it
        }
    }

private:
    const std::string _path;
    SessionPool _sessions;
    int _lockFile = -1;
    bool _isSoleUser = false;
};

} // namespace

std::unique_ptr<Engine> openSqlite(const std::string& path) {
    return std::make_unique<SqliteEngine>(path);
}

} // namespace jira_plugin::store
