#include "database.hpp"

#include "migrator.hpp"
#include "random.hpp"
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
    Unflushed(Poco::Data::Session& session, Flush flush, const Dialect& dialect)
        : _session(session), _isOn(flush == Flush::No), _dialect(dialect) {
        if (_isOn)
            _session << _dialect.beforeUnflushed, now;
    }
    ~Unflushed() {
        try {
            if (_isOn)
                _session << _dialect.afterUnflushed, now;
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
    const Dialect& _dialect;
};

} // namespace

Database::Database(const std::string& path)
    : _path(path), _instance(randomHex(8)), _sessions(std::make_unique<SessionPool>(path)) {
    createPrivately(path);
    transaction([&](Poco::Data::Session& session) { migrate(session, migrations(), path); });
    takeLock();
}

Database::~Database() {
    if (_lockFile >= 0)
        ::close(_lockFile);
}

void Database::takeLock() {
    _lockFile = ::open((_path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (_lockFile >= 0)
        _soleUser = ::flock(_lockFile, LOCK_EX | LOCK_NB) == 0;
}

Poco::Data::Session Database::session() {
    try {
        return _sessions->take();
    } catch (const Poco::Exception& problem) {
        throw explain(problem, _path);
    }
}

void Database::inSession(const std::function<void(Poco::Data::Session&)>& work) {
    try {
        Poco::Data::Session session = _sessions->take();
        work(session);
    } catch (const Poco::Exception& problem) {
        throw explain(problem, _path);
    }
}

void Database::inTransaction(const std::function<void(Poco::Data::Session&)>& work, Flush flush) {
    const std::lock_guard<std::mutex> writing(_sessions->writing());
    try {
        Poco::Data::Session session = _sessions->writer();
        const Unflushed unflushed(session, flush, dialect());
        session << dialect().beginWrite, now;
        try {
            work(session);
            session << "COMMIT", now;
        } catch (...) {
            // The engine may have rolled back by itself (disk full); the first problem is the one to tell.
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

} // namespace jira_plugin::store
