#include "many_hosts.hpp"

#include "crowd.hpp"
#include "host_group.hpp"
#include "hosts_keep.hpp"
#include "hosts_peace.hpp"

#include <Poco/Exception.h>

#include <ostream>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
namespace fs = std::filesystem;

namespace {

constexpr double cutWithDeath = 0.25;     ///< all connections to PostgreSQL
constexpr double restartWithDeath = 0.05; ///< PostgreSQL itself, as after a crash
constexpr double expiryWithDeath = 0.1;   ///< of Jira's access tokens
constexpr double diesAgainAtOnce = 0.15;  ///< while it starts or has just started
constexpr double diesAtAPoint = 0.3;      ///< when it is started again, between two steps of its work
constexpr int mostPoints = 60;            ///< that it passes before
constexpr int mostAtAPointMs = 1'500;
constexpr int mostDownMs = 1'000;
constexpr int mostUnnoticedMs = 200; ///< by whoever leads to hosts
/// A machine that is too slow for the work gets so many times the time.
constexpr int mostTimes = 2;

constexpr const char* indexDelay = "index-delay=300";
constexpr const char* faults[] = {indexDelay,
                                  "latency=30,path=/issue,probability=0.5",
                                  "lost-answer,path=/issue/bulk,probability=0.03",
                                  "status=503,path=/ex/jira,probability=0.01",
                                  "webhook-duplicate,probability=0.05",
                                  "webhook-reorder,probability=0.05"};

class Run {
public:
    explicit Run(const ManyHosts& order)
        : _order(order), _dice(order.seed), _group(order.hosts, order.seed) {}

    std::vector<Verdict> go() {
        for (const char* fault : faults)
            _group.jira.fault(fault);
        if (losesWebhooks())
            _group.jira.fault("webhook-lose,probability=0.01");
        Crowd crowd(_group, _order.seed, {_order.findings, _order.webhooks, _order.time});
        trouble(crowd);
        makePeace(crowd);
        auto wrong = judged(crowd);
        if (!crowd.isDone())
            wrong.push_back({Wrong::Stuck, "this machine is too slow for the work: give it more --minutes"});
        return wrong;
    }

    const std::string& told() const { return _told; }

    fs::path keep() const {
        return keepHosts(_group, diary, _order.keep / ("hosts-seed-" + std::to_string(_order.seed)));
    }

    Diary diary;

private:
    void makePeace(Crowd& crowd) {
        _group.jira.clearFaults();
        _group.jira.fault(indexDelay);
        for (std::size_t i = 0; i < _group.size(); ++i)
            start(i);
        crowd.stop();
        diary.note("peace: " + std::to_string(crowd.pushed()) + " findings pushed, " +
                   std::to_string(crowd.deeds()) + " deeds in Jira, " + std::to_string(crowd.failedCalls()) +
                   " calls that hosts did not take");
    }

    /// Until the time is over and all work is done.
    void trouble(const Crowd& crowd) {
        const auto began = steady_clock::now();
        for (int deaths = 1;; ++deaths) {
            const auto due = began + deaths * _order.killEvery;
            eventually([&] { return steady_clock::now() >= due; }, _order.killEvery);
            const auto gone = steady_clock::now() - began;
            if ((gone >= _order.time && crowd.isDone()) || gone >= mostTimes * _order.time)
                return;
            _group.checkNoneEnded();
            strike();
            death();
            _group.jira.control("POST", "/_sim/webhooks/flush-retries");
        }
    }

    void strike() {
        if (_dice.chance(cutWithDeath)) {
            const int cut = _group.cutConnections();
            diary.fault(std::to_string(cut) + " connections to PostgreSQL are cut");
        }
        if (_dice.chance(restartWithDeath)) {
            _group.postgres.stop();
            diary.fault("PostgreSQL is gone");
            linger(_dice.between(50, mostDownMs));
            _group.postgres.start();
            diary.note("PostgreSQL is back");
        }
        if (_dice.chance(expiryWithDeath)) {
            _group.jira.control("POST", "/_sim/tokens/expire");
            diary.fault("Jira's access tokens end");
        }
    }

    void death() {
        const auto victim = static_cast<std::size_t>(_dice.between(0, static_cast<int>(_group.size()) - 1));
        kill(victim);
        if (_dice.chance(diesAgainAtOnce)) {
            start(victim);
            linger(_dice.between(0, 100));
            kill(victim);
        }
        if (_dice.chance(diesAtAPoint))
            liveShortly(victim);
        linger(_dice.between(0, mostDownMs));
        start(victim);
    }

    /// Until a point of kill_point.hpp, any of them.
    void liveShortly(std::size_t number) {
        const int points = _dice.between(1, mostPoints);
        diary.note("host " + std::to_string(number + 1) + " starts, to die at *:" + std::to_string(points));
        try {
            _group.start(number, "*:" + std::to_string(points));
        } catch (const std::runtime_error&) {
            // It died while it started, or found no PostgreSQL.
        }
        const bool isDead =
            eventually([&] { return !_group.host(number).isRunning(); }, milliseconds(mostAtAPointMs));
        _group.kill(number);
        diary.death("host " + std::to_string(number + 1) +
                    (isDead ? " died at its kill point" : ": kill -9"));
        _group.notice(number);
    }

    void kill(std::size_t number) {
        _group.kill(number);
        diary.death("kill -9 of host " + std::to_string(number + 1));
        linger(_dice.between(0, mostUnnoticedMs));
        _group.notice(number);
    }

    /// If it is not up. One that finds no PostgreSQL does not start, and is tried again.
    void start(std::size_t number) {
        if (_group.isUp(number))
            return;
        std::string problem;
        const bool isUp = eventually([&] {
            try {
                _group.start(number);
                return true;
            } catch (const std::runtime_error& e) {
                problem = e.what();
                return false;
            }
        });
        if (!isUp)
            throw std::runtime_error("Host " + std::to_string(number + 1) + " does not start: " + problem);
    }

    static void linger(int ms) {
        eventually([] { return false; }, milliseconds(ms));
    }

    /// With odd seeds everything that Jira tells arrives, and the comparison must find nothing to do.
    bool losesWebhooks() const { return _order.seed % 2 == 0; }

    std::vector<Verdict> judged(const Crowd& crowd) {
        HostsPeace peace(_group, crowd, diary);
        Evidence evidence = peace.evidence();
        sums(crowd, evidence);
        auto wrong = judge(evidence);
        diary.note("before the comparison " + std::to_string(wrong.size()) + " things are wrong");
        if (peace.isAllTold() && !wrong.empty())
            return wrong;
        wrong = judge(peace.comparedEvidence());
        _group.checkNoneEnded();
        return wrong;
    }

    void sums(const Crowd& crowd, const Evidence& evidence) {
        const auto& spread = _group.spreader.counts();
        const auto lost =
            _group.jira.control("GET", "/_sim/deliveries?state=lost")["counts"]["lost"].number();
        _told = std::to_string(evidence.findings.size()) + " findings, " +
                std::to_string(evidence.tickets.size()) + " tickets, " + std::to_string(crowd.repeated()) +
                " portions pushed twice, " + std::to_string(crowd.deeds()) + " deeds in Jira (" +
                std::to_string(crowd.said().size()) + " comments), " + std::to_string(spread.taken) +
                " deliveries taken, " + std::to_string(spread.refused) + " refused, " +
                std::to_string(spread.unheard) + " unheard, " + std::to_string(lost) + " lost on the way";
    }

    const ManyHosts _order;
    Dice _dice;
    HostGroup _group;
    std::string _told;
};

void tell(const ManyHosts& order, const Run* run, const std::vector<Verdict>& wrong, std::ostream& out) {
    if (run != nullptr && (order.isTold || !wrong.empty()))
        for (const std::string& line : run->diary.lines)
            out << "  " << line << "\n";
    constexpr std::size_t mostTold = 50;
    for (std::size_t i = 0; i < std::min(mostTold, wrong.size()); ++i)
        out << "  " << toString(wrong[i].kind) << ": " << wrong[i].text << "\n";
    if (run != nullptr && !wrong.empty())
        out << "  logs and tables: " << run->keep().string() << "\n";
    if (!wrong.empty())
        out << "  again: ./dev torture --hosts " << order.hosts << " --seconds " << order.time.count()
            << " --kill-every " << order.killEvery.count() << " --findings " << order.findings
            << " --webhooks " << order.webhooks << " --seed " << order.seed << "\n";
    std::map<Wrong, int> sums;
    for (const Verdict& verdict : wrong)
        ++sums[verdict.kind];
    out << order.hosts << " hosts, seed " << order.seed << ", " << order.time.count() << " s";
    if (run != nullptr)
        out << ": " << run->diary.deaths << " deaths, " << run->diary.faults << " faults; " << run->told();
    out << "; " << sums[Wrong::Lost] << " lost, " << sums[Wrong::Double] << " double, " << sums[Wrong::Stuck]
        << " stuck, " << sums[Wrong::Differs] << " disagreements" << std::endl;
}

} // namespace

bool runManyHosts(const ManyHosts& order, std::ostream& out) {
    std::unique_ptr<Run> run;
    std::vector<Verdict> wrong;
    try {
        run = std::make_unique<Run>(order);
        wrong = run->go();
    } catch (const Poco::Exception& problem) {
        wrong.push_back({Wrong::Stuck, problem.displayText()});
    } catch (const std::exception& problem) {
        wrong.push_back({Wrong::Stuck, problem.what()});
    }
    tell(order, run.get(), wrong, out);
    return wrong.empty();
}

} // namespace torture
