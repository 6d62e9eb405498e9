#include "crowd.hpp"

#include <Poco/Exception.h>

#include <optional>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;

namespace {

constexpr int leastPortion = 5, mostPortion = 40;
constexpr double pushedTwice = 0.2;  ///< how often the same is asked for through a second host
constexpr double movedNotTold = 0.6; ///< of what people in Jira do
constexpr milliseconds shortRest{20};

std::string arrayOf(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ",") + quoted(text);
    return "[" + all + "]";
}

/// What a host answers in words, or nothing: it died, or could not do it.
std::optional<std::string> asked(Doors& doors, const std::string& path, const std::string& body) {
    const auto door = doors.pick();
    if (!door)
        return std::nullopt;
    try {
        const auto answer = door->ask("POST", "/organisations/acme" + path, body);
        if (answer.status / 100 == 2)
            return answer.body;
    } catch (const Poco::Exception&) { // it died
    }
    return std::nullopt;
}

} // namespace

Crowd::Crowd(HostGroup& group, std::uint64_t seed, Workload work) : _group(group), _work(work) {
    for (const Mapped& each : mappedProjects())
        _perProject[each.jiraProject] = 0;
    _importer = std::thread([this, seed] { run(&Crowd::import, 3 * seed + 1); });
    _talker = std::thread([this, seed] { run(&Crowd::talk, 3 * seed + 2); });
}

Crowd::~Crowd() {
    stop();
}

void Crowd::stop() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isEnding = true;
        _ending.notify_all();
    }
    for (std::thread* thread : {&_importer, &_talker})
        if (thread->joinable())
            thread->join();
}

void Crowd::run(Work work, std::uint64_t seed) {
    std::string problem;
    try {
        Dice dice(seed);
        (this->*work)(dice);
    } catch (const Poco::Exception& e) {
        problem = e.displayText();
    } catch (const std::exception& e) {
        problem = e.what();
    }
    const std::lock_guard<std::mutex> lock(_mutex);
    _trouble += problem;
}

bool Crowd::rest(milliseconds time) {
    std::unique_lock<std::mutex> lock(_mutex);
    return !_ending.wait_for(lock, time, [this] { return _isEnding; });
}

bool Crowd::awaitDue(int all, const std::atomic<int>& done) {
    while (rest(shortRest)) {
        const auto gone = std::chrono::steady_clock::now() - _began;
        const double share = std::chrono::duration<double>(gone) / std::chrono::duration<double>(_work.time);
        if (done < static_cast<int>(all * std::min(share, 1.0)))
            return true;
        if (done >= all)
            return false;
    }
    return false;
}

void Crowd::import(Dice& dice) {
    while (awaitDue(_work.findings, _pushed)) {
        const Mapped& mapped = dice.pick(mappedProjects());
        const int count = std::min(dice.between(leastPortion, mostPortion), _work.findings - _pushed);
        const auto ids = add(mapped.project, count, dice);
        const bool isTwice = dice.chance(pushedTwice);
        while (!push(mapped.project, ids))
            if (!rest(shortRest))
                return;
        if (isTwice) {
            push(mapped.project, ids);
            ++_repeated;
        }
        _pushed += static_cast<int>(ids.size());
        _perProject.at(mapped.jiraProject) += static_cast<int>(ids.size());
    }
}

/// Of an import whose answer is lost nobody knows whether the findings are there. It is made again, under
/// other titles: whoever is there must have a ticket.
std::vector<std::string> Crowd::add(const std::string& project, int count, Dice& dice) {
    do {
        std::string list;
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(++_imported);
            const auto severity = dice.pick(std::vector<std::string>{"low", "medium", "high", "critical"});
            list += (list.empty() ? "" : ",") + (R"({"title":"Finding )" + number + R"(","severity":")") +
                    severity + R"(","filePath":"src/main.c","line":)" + number +
                    R"(,"ruleId":"demo/rule","ruleName":"A rule","scanner":"demo"})";
        }
        const auto answer = asked(_group.doors, "/findings",
                                  R"({"project":)" + quoted(project) + R"(,"findings":[)" + list + "]}");
        if (answer)
            return Json::parse(*answer)["ids"].texts();
        ++_failedCalls;
    } while (rest(shortRest));
    return {};
}

bool Crowd::push(const std::string& project, const std::vector<std::string>& ids) {
    if (ids.empty())
        return true;
    const auto answer =
        asked(_group.doors, "/push",
              R"({"user":"alice","project":)" + quoted(project) + R"(,"findings":)" + arrayOf(ids) + "}");
    _failedCalls += answer ? 0 : 1;
    return answer.has_value();
}

void Crowd::talk(Dice& dice) {
    while (awaitDue(_work.deeds, _done))
        act(dice);
}

/// On any ticket. One that was asked for is maybe not there yet.
void Crowd::act(Dice& dice) {
    const std::string project = dice.pick(mappedProjects()).jiraProject;
    const int most = _perProject.at(project);
    if (most == 0)
        return;
    const std::string key = project + "-" + std::to_string(dice.between(1, most));
    if (dice.chance(movedNotTold) ? move(key) : comment(key))
        ++_done;
}

bool Crowd::move(const std::string& key) {
    bool& isClosed = _isClosed[key];
    const auto answer = _group.jira.browser().post("/_sim/issues/" + key + "/transition",
                                                   isClosed ? R"({"to":"To Do"})" : R"({"to":"Done"})");
    if (answer.status / 100 != 2)
        return false;
    isClosed = !isClosed;
    return true;
}

bool Crowd::comment(const std::string& key) {
    const std::string text = "Remark no. " + std::to_string(++_remarks) + ".";
    const auto answer =
        _group.jira.browser().post("/_sim/issues/" + key + "/comment", R"({"text":)" + quoted(text) + "}");
    if (answer.status / 100 != 2)
        return false;
    _said.insert({key, {answer.json()["id"].text(), text}});
    return true;
}

} // namespace torture
