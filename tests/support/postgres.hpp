#pragma once

#include "process.hpp"
#include "temp_dir.hpp"

#include <memory>
#include <string>
#include <vector>

namespace test_support {

/// A PostgreSQL server of Debian's package on a throw-away cluster, on a free port of the loopback interface
/// and with TLS under a certificate of its own. Ends with this object. It never runs as root: when the tests
/// do, it is the system's user postgres.
class PostgresServer {
public:
    /// Throws std::runtime_error with what PostgreSQL wrote when it does not start.
    PostgresServer();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// A new, empty database and its URL.
    std::string newDatabase(const std::string& encoding = "UTF8");
    /// The URL of a database of this server; password as it is written in a URL.
    std::string url(const std::string& database, const std::string& password = rightPassword) const;
    static constexpr const char* rightPassword = "open%2Fs%40same"; ///< of the user aspm

    /// The certificate that signs itself, for host name localhost.
    std::filesystem::path certificate() const { return _directory / "data/server.crt"; }
    int port() const { return _port; }
    /// Its cluster and its log.
    const std::filesystem::path& directory() const { return _directory.path(); }

    /// What one statement answers in its first column. Throws std::runtime_error with PostgreSQL's words.
    std::vector<std::string> query(const std::string& sql, const std::string& database = "postgres") const;

    /// All rows of all tables of a database, as text. For tests of what must not be there.
    std::string contents(const std::string& database) const;

    /// Ends every connection to a database but that of the caller; how many there were.
    int cutConnections(const std::string& database) const;

    void stop(); ///< as a crash would
    void start();
    std::string log() const { return readFile(_directory / "log"); }

private:
    void makeCluster();
    void makeCertificate() const;
    bool comesUp();

    TempDir _directory;
    std::unique_ptr<Process> _process;
    int _port = 0;
    int _databases = 0;
};

/// The name of the database that a URL ends in.
std::string databaseOf(const std::string& url);

/// One server for all tests of this program, started when first asked for.
PostgresServer& sharedPostgres();

} // namespace test_support
