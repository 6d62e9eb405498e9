#include "troubles.hpp"

#include <sqlite3.h>

#include <sys/resource.h>

#include <filesystem>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// More than the ten seconds for which a statement waits.
constexpr seconds longestWaitForDatabase{11};

using Texts = std::vector<std::string>;

std::filesystem::path databaseOf(const StubHost& host) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(host.data()))
        if (each.path().filename() == "jira.sqlite")
            return each.path();
    return {};
}

std::string probability(Dice& dice, int most) {
    const int percent = dice.between(3, most);
    return std::string(",probability=0.") + (percent < 10 ? "0" : "") + std::to_string(percent);
}

std::string times(Dice& dice) {
    return ",times=" + std::to_string(dice.between(1, 3));
}

std::string limited(Dice& dice) {
    static const Texts retries{"", ":0", ":1", ":2", ":date+1", ":date+3", ":soon", ":none"};
    return "status=429" + dice.pick(retries) + probability(dice, 30);
}

std::string broken(Dice& dice) {
    static const Texts codes{"500", "502", "503", "504", "503:1", "503:date+2"};
    return "status=" + dice.pick(codes) + probability(dice, 30);
}

/// A fault in the grammar of the stand-in Jira.
std::string jiraFault(Dice& dice) {
    switch (dice.between(0, 15)) {
    case 0:
    case 1:
        return "lost-answer,method=POST,path=/issue/bulk" + probability(dice, 60);
    case 2:
        return "lost-answer,method=POST,path=/comment" + probability(dice, 60);
    case 3:
        return "lost-answer,method=POST,path=/transitions" + probability(dice, 60);
    case 4:
        return "lost-answer" + probability(dice, 20);
    case 5:
        return "cut" + probability(dice, 25);
    case 6:
        return "truncate" + probability(dice, 25);
    case 7:
        return "latency=" + std::to_string(dice.between(5, 150));
    case 8:
        return limited(dice);
    case 9:
        return broken(dice);
    case 10:
        return "html-200" + probability(dice, 10);
    case 11:
        return "webhook-lose" + probability(dice, 40);
    case 12:
        return "webhook-duplicate" + probability(dice, 60);
    case 13:
        return "webhook-reorder" + probability(dice, 60);
    case 14:
        return dice.pick(Texts{"lost-answer", "truncate", "cut", "status=503", "html-200", "status=429:1"}) +
               ",path=/oauth/" + times(dice);
    default:
        return "expire-tokens,times=1,after=" + std::to_string(dice.between(0, 20));
    }
}

} // namespace

/// The database, locked by another process than the host: this one.
class Troubles::Lock {
public:
    explicit Lock(const std::filesystem::path& file) {
        sqlite3_open(file.c_str(), &_database);
        sqlite3_busy_timeout(_database, 200);
        _isHeld = sqlite3_exec(_database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    ~Lock() {
        sqlite3_exec(_database, "ROLLBACK", nullptr, nullptr, nullptr);
        sqlite3_close(_database);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    bool isHeld() const { return _isHeld; }

private:
    sqlite3* _database = nullptr;
    bool _isHeld = false;
};

Troubles::Troubles(World& world, Dice& dice, Diary& diary) : _world(world), _dice(dice), _diary(diary) {}
Troubles::~Troubles() = default;

void Troubles::stir() {
    stirJira();
    stirNetwork();
}

void Troubles::stirJira() {
    if (_dice.chance(0.6))
        _world.jira.clearFaults();
    for (int left = _dice.between(0, 4); left > 0; --left) {
        const std::string fault = jiraFault(_dice);
        _world.jira.fault(fault);
        _hadExpiry = _hadExpiry || fault.rfind("expire-tokens", 0) == 0;
        _diary.fault("Jira: " + fault);
    }
    if (_world.isCloud() && _dice.chance(0.5)) {
        const std::string delay = "index-delay=" + std::to_string(_dice.between(0, 800));
        _world.jira.fault(delay);
        _diary.note("Jira: " + delay);
    }
}

void Troubles::stirNetwork() {
    Weather weather;
    weather.seed = static_cast<unsigned>(_dice.between(1, 1'000'000));
    weather.latestByte = static_cast<std::size_t>(_dice.between(100, 12'000));
    std::string told;
    const auto set = [&](double& chance, const char* name, double most) {
        if (!_dice.chance(0.25))
            return;
        chance = most * _dice.between(1, 10) / 10;
        told += " " + std::string(name);
    };
    set(weather.cut, "cuts", 0.4);
    set(weather.silence, "falls silent", 0.1);
    set(weather.spoil, "spoils bytes", 0.3);
    set(weather.refuse, "refuses", 0.5);
    if (_dice.chance(0.2))
        weather.delay = milliseconds(_dice.between(1, 15));
    _world.gate.setWeather(weather);
    const bool isNameless = _dice.chance(0.1) && !_world.isShipped();
    _world.setMissing("dns", isNameless);
    if (isNameless)
        _diary.fault("no name can be resolved");
    if (!told.empty())
        _diary.fault("the network" + told + ", within " + std::to_string(weather.latestByte) + " bytes");
}

void Troubles::strike() {
    if (_dice.chance(0.15))
        lockDatabase();
    if (_dice.chance(0.12))
        fillDisk();
    if (_dice.chance(0.25))
        moveClocks();
    if (_dice.chance(_world.isCloud() || !_hadExpiry ? 0.35 : 0.05))
        expireTokens();
}

void Troubles::lockDatabase() {
    _lock = std::make_unique<Lock>(databaseOf(_world.host));
    if (!_lock->isHeld())
        return;
    _isLongLock = _dice.chance(0.03);
    _diary.fault(_isLongLock ? "another process locks the database for longer than anybody waits"
                             : "another process locks the database");
}

/// No file of the host grows beyond a size: what a full disk does to it, without one.
void Troubles::fillDisk() {
    rlimit limit{};
    ::prlimit(_world.host.pid(), RLIMIT_FSIZE, nullptr, &limit);
    const auto database = databaseOf(_world.host);
    std::error_code none;
    const auto log = std::filesystem::file_size(database.string() + "-wal", none);
    const bool isReadOnly = _dice.chance(0.3);
    limit.rlim_cur = isReadOnly ? 0 : (none ? 0 : log) + static_cast<rlim_t>(_dice.between(0, 20)) * 4096;
    ::prlimit(_world.host.pid(), RLIMIT_FSIZE, &limit, nullptr);
    _isFull = true;
    _diary.fault(isReadOnly
                     ? "no file can be written any more"
                     : "the disk is full: no file beyond " + std::to_string(limit.rlim_cur) + " bytes");
}

void Troubles::moveClocks() {
    const int which = _dice.between(0, 5);
    if (which == 0) {
        _diary.fault("both clocks go 11 minutes ahead");
        _hadLongPause = true; // what was asked for before and not written down is refused from now on
        _world.advance(minutes(11));
    } else if (which == 1) {
        _diary.fault("both clocks go 50 minutes ahead");
        _hadLongPause = true;
        _world.advance(minutes(50));
    } else {
        const milliseconds by =
            seconds(_dice.pick(std::vector<int>{-7'200, -200, -30, -2, 2, 30, 200, 7'200}));
        _diary.fault("the host's clock jumps by " + std::to_string(by.count()) + " ms");
        _world.jump(by);
    }
}

void Troubles::expireTokens() {
    _world.jira.control("POST", "/_sim/tokens/expire");
    _hadExpiry = true;
    _diary.fault("all access tokens expire");
}

void Troubles::relent() {
    if (_lock && _isLongLock)
        eventually([&] { return _world.isDown(); }, longestWaitForDatabase);
    _isLongLock = false;
    _lock.reset();
    if (_isFull && _world.host.isRunning()) {
        rlimit limit{};
        ::prlimit(_world.host.pid(), RLIMIT_FSIZE, nullptr, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::prlimit(_world.host.pid(), RLIMIT_FSIZE, &limit, nullptr);
        _diary.note("the disk has room again");
    }
    _isFull = false;
}

void Troubles::calm() {
    relent();
    _world.jira.clearFaults();
    _world.jira.fault("index-delay=100");
    _world.gate.setWeather({});
    _world.setMissing("dns", false);
    _diary.note("faults are over");
}

std::string Troubles::killOrder() {
    struct Point {
        const char* name;
        int most; ///< times that it is passed in a round, roughly
    };
    static const std::vector<Point> points{
        {"*", 200},        {"store.commit", 60},  {"store.committed", 60}, {"http.send", 25},
        {"http.sent", 25}, {"http.answered", 25}, {"token.answered", 1},   {"token.stored", 1},
        {"host.tell", 40}, {"host.told", 40}};
    if (_dice.chance(0.35))
        return {};
    const Point& point = _dice.pick(points);
    return std::string(point.name) + ":" + std::to_string(_dice.between(1, point.most));
}

std::string Troubles::killOrderOfBeginning() {
    static const Texts points{"store.migrate",  "store.migrated", "store.commit",    "store.committed",
                              "http.send",      "http.answered",  "connect.granted", "connect.store",
                              "connect.stored", "host.told"};
    if (_dice.chance(0.5))
        return {};
    const std::string point = _dice.pick(points);
    const int most = point.rfind("store.migrate", 0) == 0 ? 12 : point.rfind("connect", 0) == 0 ? 1 : 8;
    return point + ":" + std::to_string(_dice.between(1, most));
}

std::string Troubles::killOrderOfFarewell() {
    static const Texts points{"disconnect.erase", "disconnect.erased", "store.commit", "store.committed",
                              "http.send",        "http.answered",     "host.told"};
    if (_dice.chance(0.2))
        return {};
    const std::string point = _dice.pick(points);
    return point + ":" + std::to_string(point.rfind("disconnect", 0) == 0 ? 1 : _dice.between(1, 12));
}

} // namespace torture
