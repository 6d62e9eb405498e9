// The same signed deliveries go to a host with the plugin and to a server that only reads and answers, over
// as many kept-alive connections. Who sends them has a processor of its own where there are two.
#include "intake.hpp"

#include "bare_server.hpp"
#include "delivery_load.hpp"
#include "eventually.hpp"
#include "hook_signature.hpp"
#include "processors.hpp"
#include "stored_deliveries.hpp"
#include "world.hpp"

#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {

constexpr int connections = 400; // a flush to disk takes as many as wait for it
constexpr int tickets = 200;
constexpr std::chrono::seconds duration{4};

std::int64_t nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// The newest delivery of the kind that Jira made.
Json newest(const World& world, const std::string& event) {
    std::vector<Json> all;
    const bool isThere = eventually([&] {
        all = world.jira.control("GET", "/_sim/deliveries?state=delivered&event=" + event)["deliveries"]
                  .items();
        return !all.empty();
    });
    if (!isThere)
        throw std::runtime_error("Jira delivered no " + event + " to the host.");
    return all.back();
}

/// A delivery as Jira made it, of which each number makes another one, of the next one of our tickets.
class Template {
public:
    explicit Template(const World& world) : _secret(configFor(world.jira).at("jira.cloud.client_secret")) {
        const auto issues = world.jira.issues();
        for (const Json& issue : issues)
            _ids.push_back(R"("id":")" + issue["id"].text() + '"');
        world.jira.control("POST", "/_sim/issues/" + issues.front()["key"].text() + "/edit",
                           R"({"summary": "Told of"})");
        const Json delivery = newest(world, "jira:issue_updated");
        _timestamp = R"("timestamp":)" + delivery["payload"]["timestamp"].text();
        const std::string url = delivery["url"].text();
        _path = url.substr(url.find('/', url.find("//") + 2));
        _body = delivery["payload"].dump();
        const std::string id = R"("id":")" + delivery["payload"]["issue"]["id"].text() + '"';
        const auto issueAt = _body.find(R"("issue":{)");
        _idAt = issueAt == std::string::npos ? issueAt : _body.find(id, issueAt);
        if (_idAt == std::string::npos)
            throw std::runtime_error("The delivery names no issue: " + _body);
        _idLength = id.size();
    }

    LoadRequest make(long number) const {
        std::string body = _body;
        body.replace(_idAt, _idLength, _ids[static_cast<std::size_t>(number) % _ids.size()]);
        body.replace(body.find(_timestamp), _timestamp.size(), R"("timestamp":)" + std::to_string(nowMs()));
        return {_path,
                std::move(body),
                {{"Authorization", _bearer},
                 {"X-Atlassian-Webhook-Identifier", std::to_string(_run) + "-" + std::to_string(number)}}};
    }
    void nextRun() {
        ++_run;
        _bearer = bearer(_secret, nowMs());
    }

private:
    std::string _secret, _path, _body, _bearer, _timestamp;
    std::vector<std::string> _ids;
    std::size_t _idAt = 0, _idLength = 0;
    std::int64_t _run = nowMs();
};

struct Round {
    LoadResult ours, bare, half;
};

/// Throws std::runtime_error unless each delivery that was answered by 200 is in the plugin's store.
LoadResult sendToPlugin(const World& world, const std::function<LoadResult(const std::string&)>& send) {
    const auto before = storedDeliveries(world.host);
    const LoadResult result = send(world.host.url());
    const auto stored = storedDeliveries(world.host) - before;
    if (stored != result.count)
        throw std::runtime_error(std::to_string(result.count) + " deliveries were answered, and " +
                                 std::to_string(stored) + " are stored.");
    return result;
}

Round measureRound(const Placement& placement) {
    const Pinned servers(placement.client); // the host and the bare server's threads
    SimulatorOptions simulator;
    simulator.withTrace = false;
    const World world(2, std::move(simulator), placement, Webhook::Kept);
    world.add(tickets);
    world.push(tickets);
    Template deliveries(world);
    const BareServer bareServer(connections);
    const auto send = [&](const std::string& url, double rate) {
        const Pinned sender(placement.jira);
        deliveries.nextRun();
        return sendDeliveries(url, connections, duration, rate,
                              [&](long number) { return deliveries.make(number); });
    };
    const auto atRate = [&](double rate) {
        return [&send, rate](const std::string& url) { return send(url, rate); };
    };
    sendToPlugin(world, atRate(500)); // warm
    Round round;
    round.bare = send(bareServer.url(), 0);
    round.ours = sendToPlugin(world, atRate(0));
    round.half = sendToPlugin(world, atRate(round.ours.perSecond / 2));
    return round;
}

std::vector<Figure> measureAt(const Options& options, const std::string& when, const Placement& placement) {
    Figure ours{"deliveries taken" + when + ": plugin", "/s", 0, {}, {}};
    Figure bare{"deliveries taken" + when + ": bare server", "/s", 0, {}, {}};
    Figure ratio{
        "deliveries taken" + when + ": plugin / bare server", "", 2, {}, Bar{Bar::Kind::AtLeast, 0.4}};
    Figure p99{"deliveries at half that rate" + when + ": 99 of 100 are answered within",
               "ms",
               1,
               {},
               Bar{Bar::Kind::AtMost, 50}};
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "deliveries%s, round %d of %d\n", when.c_str(), round, options.rounds);
        const Round measured = measureRound(placement);
        ours.samples.push_back(measured.ours.perSecond);
        bare.samples.push_back(measured.bare.perSecond);
        ratio.samples.push_back(measured.ours.perSecond / measured.bare.perSecond);
        p99.samples.push_back(measured.half.p99Ms);
    }
    return {ours, bare, ratio, p99};
}

} // namespace

std::vector<Figure> measureIntake(const Options& options) {
    std::vector<std::pair<std::string, Placement>> places{{"", Placement{}}};
    if (const auto placement = eachItsOwn())
        places.emplace_back(", the sender has a processor of its own", *placement);
    else
        std::fprintf(stderr, "deliveries: who sends them has no processor of its own here\n");
    std::vector<Figure> figures;
    for (const auto& [when, placement] : places)
        for (Figure& figure : measureAt(options, when, placement))
            figures.push_back(std::move(figure));
    return figures;
}

} // namespace bench
