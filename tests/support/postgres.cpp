#include "postgres.hpp"

#include "paths.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include <libpq-fe.h>

namespace test_support {

namespace fs = std::filesystem;

namespace {

constexpr const char* plainPassword = "open/s@same";

// Debian keeps the server's programs out of PATH, one directory for each version.
fs::path programs() {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
        if (fs::exists(version.path() / "bin/initdb"))
            found.push_back(version.path() / "bin");
    if (found.empty())
        throw std::runtime_error("The tests need Debian's package postgresql; ./dev test installs it.");
    return *std::max_element(found.begin(), found.end());
}

const passwd& serverUser() {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr)
        throw std::runtime_error("The tests run as root, and there is no user postgres to start PostgreSQL "
                                 "as.");
    return *user;
}

/// A program of PostgreSQL as the user that may run it.
ProcessOptions asServerUser(const fs::path& program, std::vector<std::string> arguments) {
    if (geteuid() != 0)
        return {program, std::move(arguments), {}, {}, {}};
    const passwd& user = serverUser();
    std::vector<std::string> all{"--reuid=" + std::to_string(user.pw_uid),
                                 "--regid=" + std::to_string(user.pw_gid),
                                 "--clear-groups",
                                 "--pdeathsig=QUIT",
                                 "--",
                                 program.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return {"/usr/bin/setpriv", std::move(all), {}, {}, {}};
}

void giveToServerUser(const fs::path& path) {
    if (geteuid() != 0)
        return;
    const passwd& user = serverUser();
    const auto give = [&](const fs::path& each) {
        if (::lchown(each.c_str(), user.pw_uid, user.pw_gid) != 0)
            throw std::system_error(errno, std::generic_category(), "cannot give away " + each.string());
    };
    give(path);
    for (const auto& each : fs::recursive_directory_iterator(path))
        give(each.path());
}

void runInitdb(const fs::path& directory, const fs::path& passwordFile) {
    auto options =
        asServerUser(programs() / "initdb",
                     {"-D", directory.string(), "--no-sync", "-A", "scram-sha-256", "-U", "aspm", "--pwfile",
                      passwordFile.string(), "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=1"});
    const Outcome outcome = run(options.program, options.arguments, {{"LC_ALL", "C"}}, patience);
    if (outcome.status != 0)
        throw std::runtime_error("initdb failed: " + outcome.output + outcome.errors);
}

/// Making a cluster takes a second or two, and copying one nothing: it is made once in each build directory.
fs::path clusterTemplate() {
    const fs::path made = traceDirectory().parent_path() / "postgres-cluster";
    const int lock = ::open((made.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0 || ::flock(lock, LOCK_EX) != 0)
        throw std::system_error(errno, std::generic_category(), "cannot lock " + made.string());
    if (!fs::exists(made)) {
        const TempDir directory;
        const fs::path passwordFile = directory.write("password", plainPassword);
        giveToServerUser(directory.path());
        runInitdb(directory / "data", passwordFile);
        fs::remove_all(made.string() + ".new"); // of somebody who was interrupted
        fs::copy(directory / "data", made.string() + ".new", fs::copy_options::recursive);
        fs::rename(made.string() + ".new", made);
    }
    ::close(lock);
    return made;
}

int freePort() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    const bool isBound = ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                         ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(listener);
    if (!isBound)
        throw std::system_error(errno, std::generic_category(), "no free port");
    return ntohs(address.sin_port);
}

} // namespace

PostgresServer::PostgresServer() {
    makeCluster();
    start();
}

PostgresServer::~PostgresServer() {
    stop();
}

void PostgresServer::makeCluster() {
    fs::copy(clusterTemplate(), _directory / "data", fs::copy_options::recursive);
    makeCertificate();
    giveToServerUser(_directory.path());
    for (const auto& each : fs::recursive_directory_iterator(_directory / "data"))
        fs::permissions(each.path(), each.is_directory() ? fs::perms::owner_all
                                                         : fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(_directory / "data", fs::perms::owner_all);
}

void PostgresServer::makeCertificate() const {
    const Outcome made =
        run("/usr/bin/openssl",
            {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
             (_directory / "data/server.key").string(), "-out", certificate().string()});
    if (made.status != 0)
        throw std::runtime_error("openssl made no certificate: " + made.errors);
}

void PostgresServer::start() {
    // Another program may take the port between its choice and the start.
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (_port == 0 || attempt > 0)
            _port = freePort();
        auto options = asServerUser(programs() / "postgres", {"-D", (_directory / "data").string(),
                                                              "-c", "listen_addresses=127.0.0.1",
                                                              "-c", "port=" + std::to_string(_port),
                                                              "-c", "unix_socket_directories=",
                                                              "-c", "fsync=off",
                                                              "-c", "full_page_writes=off",
                                                              "-c", "max_connections=200",
                                                              "-c", "shared_buffers=32MB",
                                                              "-c", "dynamic_shared_memory_type=mmap",
                                                              "-c", "ssl=on",
                                                              "-c", "log_line_prefix=%m %p %q%d "});
        options.environment = {{"LC_ALL", "C"}};
        options.output = options.errors = _directory / "log";
        _process = std::make_unique<Process>(std::move(options));
        if (comesUp())
            return;
        stop();
    }
    throw std::runtime_error("PostgreSQL did not start: " + log());
}

bool PostgresServer::comesUp() {
    const std::string server = "host=127.0.0.1 port=" + std::to_string(_port);
    bool isUp = false;
    eventually([&] {
        isUp = PQping(server.c_str()) == PQPING_OK;
        return isUp || !_process->isRunning();
    });
    return isUp && _process->isRunning();
}

void PostgresServer::stop() {
    if (!_process || !_process->isRunning())
        return;
    ::kill(_process->pid(), SIGQUIT); // at once, its children with it
    if (!_process->wait())
        _process->kill();
}

std::string PostgresServer::newDatabase(const std::string& encoding) {
    const std::string name = "aspm_" + std::to_string(++_databases);
    query("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING '" + encoding + "'" +
          (encoding == "UTF8" ? "" : " LOCALE 'C'"));
    return url(name);
}

std::string PostgresServer::url(const std::string& database, const std::string& password) const {
    return "postgresql://aspm:" + password + "@127.0.0.1:" + std::to_string(_port) + "/" + database;
}

std::vector<std::string> PostgresServer::query(const std::string& sql, const std::string& database) const {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(url(database).c_str()),
                                                                &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(connection.get()));
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                                &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
    std::vector<std::string> values;
    values.reserve(static_cast<std::size_t>(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row)
        values.emplace_back(PQgetvalue(result.get(), row, 0));
    return values;
}

std::string PostgresServer::contents(const std::string& database) const {
    std::string all;
    for (const auto& table : query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database))
        for (const auto& row : query("SELECT t::text FROM " + table + " t", database))
            all += row + "\n";
    return all;
}

int PostgresServer::cutConnections(const std::string& database) const {
    return static_cast<int>(query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                                  database + "' AND pid <> pg_backend_pid()")
                                .size());
}

std::string databaseOf(const std::string& url) {
    const auto slash = url.rfind('/');
    return url.substr(slash + 1, url.find('?', slash) - slash - 1);
}

PostgresServer& sharedPostgres() {
    static PostgresServer server;
    return server;
}

} // namespace test_support
