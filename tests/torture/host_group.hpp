#pragma once

#include "doors.hpp"
#include "postgres.hpp"
#include "simulator.hpp"
#include "spreader.hpp"
#include "stub_host.hpp"
#include "temp_dir.hpp"
#include "world.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace torture {

/// Hosts of one platform: the plugin's store on one PostgreSQL, the same keys, one database of findings, one
/// address for Jira. Used by the thread that made it; `doors`, `jira` and `spreader` by any.
class HostGroup {
public:
    /// Everything runs then, is connected and mapped. Throws when something does not.
    HostGroup(int count, std::uint64_t seed);

    std::size_t size() const { return _hosts.size(); }
    const test_support::StubHost& host(std::size_t number) const { return *_hosts[number]; }
    bool isUp(std::size_t number) const { return _isUp[number]; }
    /// Where hosts and PostgreSQL write.
    std::vector<std::filesystem::path> directories() const;
    std::set<std::filesystem::path> configFiles() const;
    /// Throws std::runtime_error when a host ended though nobody killed it.
    void checkNoneEnded() const;

    /// kill -9. Its door stays: nobody has noticed.
    void kill(std::size_t number);
    /// Nobody goes to its door any more.
    void notice(std::size_t number) { doors.close(number); }
    /// On its data. killPoint: as kill_points.cpp reads it. Throws std::runtime_error when it does not come
    /// up.
    void start(std::size_t number, const std::string& killPoint = "");

    /// The clocks of all together.
    void advance(std::chrono::milliseconds by);

    int cutConnections() const { return postgres.cutConnections(test_support::databaseOf(_url)); }
    std::vector<std::string> query(const std::string& sql) const {
        return postgres.query(sql, test_support::databaseOf(_url));
    }

    test_support::PostgresServer postgres;
    test_support::Simulator jira;
    Doors doors;
    Spreader spreader{doors};

private:
    void add();
    void open(std::size_t number);

    test_support::TempDir _shared;
    std::string _url = postgres.newDatabase();
    std::vector<std::unique_ptr<test_support::StubHost>> _hosts;
    std::vector<bool> _isUp;
};

/// What is mapped.
const std::vector<Mapped>& mappedProjects();

} // namespace torture
