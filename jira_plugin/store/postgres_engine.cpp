#include "engine.hpp"
#include "kill_point.hpp"
#include "migrator.hpp"
#include "postgres_problem.hpp"
#include "postgres_sessions.hpp"
#include "postgres_url.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <thread>

#include <dlfcn.h>

#include <Poco/Data/DataException.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

namespace {

constexpr int triesAfterLoss = 3;
constexpr int triesAfterConflict = 12;

// Any number will do that nobody else takes in this database.
constexpr const char* migrationLock = "SELECT pg_advisory_xact_lock(4937264501)";

// Those who came into each other's way must not do so again.
void pause(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most = std::min(4 << std::min(attempt, 6), 200);
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::uniform_int_distribution<int>(1, most)(random)));
}

// libpq keeps in statics what it registered with OpenSSL. Unloaded together with the plugin, it would leave
// that behind with each load; so it stays in the process.
void keepLibpq() {
    if (void* library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE))
        ::dlclose(library);
}

/// A transaction of one session; rolls back unless it was committed.
class Transaction {
public:
    Transaction(PostgresSessions& sessions, PostgresSessions::Impl session, Flush flush, Isolation isolation)
        : _sessions(sessions), _session(std::move(session)) {
        std::string begin = "BEGIN";
        if (isolation == Isolation::Rows)
            begin += " ISOLATION LEVEL READ COMMITTED";
        if (flush == Flush::No)
            begin += "; SET LOCAL synchronous_commit = off";
        execute(*_session, begin);
    }
    ~Transaction() {
        if (_isOver)
            return;
        try { // statements that were prepared in it could not be let go
            execute(*_session, "ROLLBACK; DEALLOCATE ALL");
        } catch (const Poco::Exception&) {
            _sessions.distrust();
        }
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit() {
        // PostgreSQL takes a COMMIT after a failed statement for a ROLLBACK, without a word.
        const bool isCommitted = execute(*_session, "COMMIT") == "COMMIT";
        _isOver = true;
        if (!isCommitted) {
            execute(*_session, "DEALLOCATE ALL");
            throw Poco::Data::DataException("a statement of the transaction had failed");
        }
    }

private:
    PostgresSessions& _sessions;
    PostgresSessions::Impl _session;
    bool _isOver = false;
};

/// A PostgreSQL database that several hosts share.
class PostgresEngine final : public Engine {
public:
    explicit PostgresEngine(PostgresUrl url) : _url(std::move(url)), _sessions(_url.connection) {
        checkEncoding();
        inTransaction(
            [this](Poco::Data::Session& session) {
                session << migrationLock, now;
                migrate(session, migrations(), _url.shown);
            },
            Flush::Yes, Isolation::Rows);
    }

    const Dialect& dialect() const override { return postgresDialect; }
    bool isShared() const override { return true; }
    bool isSoleUser() const override { return false; }
    void scrub() noexcept override {}

    Poco::Data::Session session() override {
        std::optional<Poco::Data::Session> result;
        inSession([&](Poco::Data::Session& session) { result = session; });
        return *result;
    }

    void inSession(const Work& work) override {
        persistently([&](Attempt& attempt) {
            Poco::Data::Session session(attempt.session);
            work(session);
        });
    }

    void inTransaction(const Work& work, Flush flush, Isolation isolation) override {
        persistently([&](Attempt& attempt) {
            Transaction transaction(_sessions, attempt.session, flush, isolation);
            Poco::Data::Session session(attempt.session);
            work(session);
            attempt.isCommitting = true;
            killPoint("store.commit");
            transaction.commit();
            killPoint("store.committed");
        });
    }

private:
    struct Attempt {
        PostgresSessions::Impl session;
        bool isCommitting = false;
    };

    // Nothing has happened when a connection is lost before the commit was sent, nor when the transaction
    // gave way to another one. A connection lost during the commit leaves it open: that is the caller's to
    // find out.
    void persistently(const std::function<void(Attempt&)>& work) {
        for (int count = 1;; ++count) {
            Attempt attempt;
            try {
                attempt.session = _sessions.take();
                return work(attempt);
            } catch (const Poco::Exception& problem) {
                const PostgresTrouble trouble = troubleWith(problem, attempt);
                // A connection that could not be made says nothing of those that are there.
                if (trouble == PostgresTrouble::Lost && !attempt.session.isNull())
                    _sessions.distrust();
                if (count >= tries(trouble, attempt.isCommitting))
                    throw explainPostgres(problem, trouble, _url.shown);
            }
            pause(count);
        }
    }

    static PostgresTrouble troubleWith(const Poco::Exception& problem, const Attempt& attempt) {
        const bool isConnected = !attempt.session.isNull() && attempt.session->isConnected();
        return isConnected ? troubleOf(problem) : PostgresTrouble::Lost;
    }

    static int tries(PostgresTrouble trouble, bool isCommitting) {
        if (trouble == PostgresTrouble::Conflict)
            return triesAfterConflict;
        return trouble == PostgresTrouble::Lost && !isCommitting ? triesAfterLoss : 0;
    }

    void checkEncoding() {
        std::string encoding;
        inSession([&](Poco::Data::Session& session) {
            session << "SELECT current_setting('server_encoding')", into(encoding), now;
        });
        if (encoding != "UTF8")
            throw StoreError("The Jira plugin's database " + _url.shown + " has the encoding " + encoding +
                                 ", which does not hold every text.",
                             "Create it with ENCODING 'UTF8' TEMPLATE template0, and restart the host.");
    }

    const PostgresUrl _url;
    PostgresSessions _sessions;
};

} // namespace

std::unique_ptr<Engine> openPostgres(PostgresUrl url) {
    keepLibpq();
    return std::make_unique<PostgresEngine>(std::move(url));
}

} // namespace jira_plugin::store
