// A good plugin that does what the path of its page says, so that a test can see the host from a plugin's
// side. Answers are plain text; failures go out as the errors that they are.
#include <aspm/plugin.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "guarded_text.hpp"

namespace {

using aspm::Call;
using aspm::HttpRequest;
using aspm::HttpResponse;

void sleepMs(int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

class Probe : public aspm::Plugin {
public:
    static constexpr std::uint16_t maxConcurrency = 2;

    explicit Probe(const aspm::Host& host) : Plugin(host), _log(host.log()) {}

    void start(aspm::Registrar& registrar) override {
        registrar.add<&Probe::page>(aspm::SettingsPage{"probe", "Probe", "Integrations / Probe"});
        registrar.add<&Probe::secondPage>(
            aspm::SettingsPage{"probe-two", "Probe two", "Integrations / Probe two"});
        if (const auto scheduler = host().find<aspm::Scheduler>()) {
            scheduler->at<&Probe::job>(registrar.call(), *this, "early", 0);
            sleepMs(20); // long enough for a host that does not wait for start
            _ranEarly = _jobs != 0;
        }
    }

    void stop() override {
        std::vector<std::thread> threads;
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            threads.swap(_threads);
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }

private:
    using Action = void (Probe::*)(Call&, const HttpRequest&, HttpResponse&);

    void page(Call& call, const HttpRequest& request, HttpResponse& response) {
        static const std::map<std::string_view, Action> actions = {
            {"/", &Probe::greet},
            {"/argument", &Probe::throwArgument},
            {"/transient", &Probe::throwTransient},
            {"/std", &Probe::throwStd},
            {"/memory", &Probe::throwBadAlloc},
            {"/int", &Probe::throwInt},
            {"/later", &Probe::answerLater},
            {"/later-fails", &Probe::failLater},
            {"/at-once", &Probe::completeBeforeReturn},
            {"/dropped", &Probe::dropDeferred},
            {"/throws-deferred", &Probe::throwAfterDefer},
            {"/twice", &Probe::deferTwice},
            {"/until-cancelled", &Probe::waitUntilCancelled},
            {"/crowd", &Probe::countCrowd},
            {"/jobs", &Probe::tellJobs},
            {"/lookup", &Probe::lookUpServices},
            {"/reenter", &Probe::reenter},
            {"/visitor-throws", &Probe::throwInVisitor},
            {"/visitor-stops", &Probe::stopVisiting},
            {"/services", &Probe::useServices},
            {"/not-found", &Probe::missThings},
            {"/reports", &Probe::reportMany},
            {"/too-many-reports", &Probe::reportTooMany},
            {"/wrong-reports", &Probe::reportWrongly},
            {"/guarded", &Probe::giveGuardedText},
            {"/null-data", &Probe::giveNullData},
            {"/bad-utf8", &Probe::giveBadUtf8},
            {"/bad-utf8-error", &Probe::failWithBadUtf8},
            {"/header", &Probe::setBadHeader},
            {"/flush", &Probe::flushTwice},
        };
        const auto action = actions.find(request.path());
        if (action == actions.end()) {
            throw aspm::NotFoundError("The probe does nothing for " + std::string(request.path()) + ".");
        }
        (this->*action->second)(call, request, response);
    }

    void secondPage(Call&, const HttpRequest& request, HttpResponse& response) {
        response.write("second ").write(request.path());
    }

    void greet(Call&, const HttpRequest& request, HttpResponse& response) {
        response.write(request.method()).write(" ").write(request.query()).write(" ").write(request.body());
    }

    // ---- errors ----

    void throwArgument(Call&, const HttpRequest&, HttpResponse&) {
        throw aspm::ArgumentError("wrong", "do better");
    }
    void throwTransient(Call&, const HttpRequest&, HttpResponse&) {
        throw aspm::TransientError("busy", "wait", 1234);
    }
    void throwStd(Call&, const HttpRequest&, HttpResponse&) { throw std::runtime_error("plain words"); }
    void throwBadAlloc(Call&, const HttpRequest&, HttpResponse&) { throw std::bad_alloc(); }
    void throwInt(Call&, const HttpRequest&, HttpResponse&) { throw 7; }

    // ---- deferring ----

    void inThread(std::function<void()> work) {
        const std::lock_guard<std::mutex> lock(_mutex);
        _threads.emplace_back(std::move(work));
    }

    void answerLater(Call& call, const HttpRequest&, HttpResponse& response) {
        auto deferred = std::make_shared<aspm::Deferred>(call.defer());
        inThread([this, deferred, response]() mutable {
            sleepMs(20);
            const auto found = host().service<aspm::Findings>().get(deferred->call(), "acme", "f1");
            response.write("later: " + found->title);
            deferred->complete();
        });
    }

    void failLater(Call& call, const HttpRequest&, HttpResponse&) {
        auto deferred = std::make_shared<aspm::Deferred>(call.defer());
        inThread([deferred] { deferred->fail(aspm::RemoteError("the other side said no", "ask it why")); });
    }

    void completeBeforeReturn(Call& call, const HttpRequest&, HttpResponse& response) {
        auto deferred = call.defer();
        response.write("at once");
        deferred.complete();
    }

    void dropDeferred(Call& call, const HttpRequest&, HttpResponse&) { call.defer(); }

    void throwAfterDefer(Call& call, const HttpRequest&, HttpResponse&) {
        const auto deferred = call.defer(); // NOLINT(clang-analyzer-deadcode.DeadStores): ends by the throw
        throw std::runtime_error("too late to matter");
    }

    void deferTwice(Call& call, const HttpRequest&, HttpResponse& response) {
        auto deferred = call.defer();
        try {
            call.defer();
            response.write("deferred twice");
        } catch (const aspm::StateError&) {
            response.write("only once");
        }
        deferred.complete();
    }

    // ---- time and threads ----

    void waitUntilCancelled(Call& call, const HttpRequest&, HttpResponse&) {
        _log.info("waiting");
        while (!call.isCancelled()) {
            sleepMs(1);
        }
        _log.info("cancelled");
        call.throwIfCancelled();
    }

    void countCrowd(Call&, const HttpRequest&, HttpResponse& response) {
        const int now = ++_crowd;
        int most = _largestCrowd;
        while (now > most && !_largestCrowd.compare_exchange_weak(most, now)) {
        }
        sleepMs(30);
        --_crowd;
        response.write(std::to_string(_largestCrowd));
    }

    void job(Call&, std::string_view) { ++_jobs; }
    void failingJob(Call&, std::string_view) {
        ++_jobs;
        throw aspm::TransientError("not yet", "", 1000);
    }

    void tellJobs(Call& call, const HttpRequest& request, HttpResponse& response) {
        const auto scheduler = host().service<aspm::Scheduler>();
        if (request.query() == "every") {
            scheduler.every<&Probe::job>(call, *this, "every", 1000);
        } else if (request.query() == "fails") {
            scheduler.at<&Probe::failingJob>(call, *this, "fails", 0);
        } else if (request.query() == "cancel") {
            scheduler.cancel(call, "every");
        }
        response.write(_ranEarly ? "early " : "in time ").write(std::to_string(_jobs));
    }

    // ---- services ----

    void lookUpServices(Call&, const HttpRequest&, HttpResponse& response) {
        const char* const unknown[] = {"",
                                       "aspm.clock",
                                       "aspm.clock/",
                                       "aspm.clock/2",
                                       "aspm.clock/11",
                                       "aspm.clock/1 ",
                                       "ASPM.CLOCK/1",
                                       "aspm.nothing/1"};
        const aspm_host* raw = host().raw();
        for (const char* id : unknown) {
            if (raw->get_service(raw, id) != nullptr) {
                response.write("unexpected: ").write(id);
            }
        }
        const void* first = raw->get_service(raw, ASPM_CLOCK_1);
        for (int i = 0; i < 100; ++i) {
            if (raw->get_service(raw, ASPM_CLOCK_1) != first) {
                response.write("another pointer");
            }
        }
        response.write(first != nullptr ? "ok" : "no clock");
    }

    void reenter(Call& call, const HttpRequest&, HttpResponse& response) {
        const auto findings = host().service<aspm::Findings>();
        const auto directory = host().service<aspm::Directory>();
        findings.list(call, "acme", "", "", [&](const aspm::FindingData& each) {
            const auto again = findings.get(call, "acme", each.id);
            findings.appendTimeline(call, "acme", each.id,
                                    {ASPM_TIMELINE_NOTE, "seen", "", "Seen.", "", "", 0});
            response.write(again->id + " of " + directory.project(call, "acme", each.project)->key);
        });
    }

    void throwInVisitor(Call& call, const HttpRequest&, HttpResponse& response) {
        try {
            host().service<aspm::Findings>().list(call, "acme", "", "", [](const aspm::FindingData& each) {
                throw std::runtime_error("no " + each.id);
            });
        } catch (const std::runtime_error& error) {
            response.write(error.what());
        }
    }

    void stopVisiting(Call& call, const HttpRequest&, HttpResponse& response) {
        int seen = 0;
        host().service<aspm::Findings>().list(call, "acme", "", "",
                                              [&](const aspm::FindingData&) { return ++seen < 2; });
        response.write(std::to_string(seen));
    }

    void useServices(Call& call, const HttpRequest&, HttpResponse& response) {
        const auto findings = host().service<aspm::Findings>();
        const auto directory = host().service<aspm::Directory>();
        const auto secrets = host().service<aspm::Secrets>();
        const auto urls = host().service<aspm::Urls>();
        const auto line = [&](const char* name, std::string_view value) {
            response.write(name).write("=").write(value).write("\n");
        };
        line("organisations", directory.organisations(call).at(0).name);
        line("projects", directory.projects(call, "acme").at(0).key);
        line("members", directory.members(call, "acme", ASPM_ROLE_ADMIN).at(0).email);
        line("member", directory.member(call, "acme", "alice")->name);
        line("owner", host().service<aspm::Ownership>().owner(call, "acme", "f1")->user);
        line("config", host().service<aspm::Config>().require(call, "probe.word"));
        line("default", host().service<aspm::Config>().get(call, "probe.number").value_or("none"));
        const auto key = secrets.currentKey(call, "acme");
        line("key", key.bytes().size() == 32 && secrets.key(call, "acme", key.id())->bytes() == key.bytes()
                        ? "same"
                        : "?");
        line("directory", host().service<aspm::Storage>().dataDirectory(call).empty() ? "none" : "there");
        line("database", host().service<aspm::Storage>().databaseUrl(call).value_or("none"));
        line("base", urls.base(call));
        line("page", urls.settingsPage(call, "probe"));
        line("clock", host().service<aspm::Clock>().nowMs() > 0 ? "runs" : "stands");

        findings.setStatus(call, "acme", "f1", ASPM_FINDING_ACCEPTED, "as agreed", 1);
        findings.appendTimeline(call, "acme", "f1",
                                {ASPM_TIMELINE_PROBLEM, "k", "Bob", "text", "remedy", "", 5});
        aspm::TicketRef ticket;
        ticket.system = "sys";
        ticket.id = "1";
        ticket.key = "PAY-1";
        ticket.url = "https://example.com/PAY-1";
        ticket.labels = {"one", "two"};
        findings.attachTicket(call, "acme", "f1", ticket);
        findings.reportPush(call, "acme", "f1", ASPM_PUSH_CREATED, "", "", &ticket);
        host().service<aspm::Alerts>().raise(call, "acme",
                                             {ASPM_ALERT_CRITICAL, "k", "title", "text", "remedy", ""});
        host().service<aspm::Audit>().record(call, {"acme", "alice", "probe.used", "everything", "{}"});
        host().metrics().add("probes_total", 2, {aspm::Metrics::label("kind", "all")});
        _log.warning("Used everything.", {aspm::Log::field("organisation", "acme")});
    }

    void missThings(Call& call, const HttpRequest&, HttpResponse& response) {
        const auto findings = host().service<aspm::Findings>();
        const auto directory = host().service<aspm::Directory>();
        std::string missed;
        missed += findings.get(call, "acme", "nothing") ? '-' : 'm';
        missed += findings.get(call, "elsewhere", "f1") ? '-' : 'm';
        missed += directory.project(call, "elsewhere", "p1") ? '-' : 'm';
        missed += directory.member(call, "acme", "nobody") ? '-' : 'm';
        missed += host().service<aspm::Ownership>().owner(call, "acme", "nothing") ? '-' : 'm';
        missed += host().service<aspm::Secrets>().key(call, "acme", "nothing") ? '-' : 'm';
        missed += host().service<aspm::Storage>().databaseUrl(call) ? '-' : 'm';
        missed += host().service<aspm::Config>().get(call, "probe.unset") ? '-' : 'm';
        try {
            findings.setStatus(call, "acme", "nothing", ASPM_FINDING_OPEN, "", 0);
        } catch (const aspm::NotFoundError& error) {
            missed += error.message().empty() ? '?' : 'M';
        }
        try {
            findings.setStatus(call, "acme", "f1", ASPM_FINDING_RESOLVED, "", 0x7fffffff);
            findings.setStatus(call, "acme", "f1", ASPM_FINDING_OPEN, "", 1);
        } catch (const aspm::StateError& error) {
            missed += error.message().empty() ? '?' : 'S';
        }
        try {
            host().service<aspm::Config>().get(call, "not.listed");
        } catch (const aspm::ArgumentError& error) {
            missed += error.message().find("not.listed") == std::string::npos ? '?' : 'A';
        }
        response.write(missed);
    }

    /// Reports the findings that the query names, separated by commas; says which were refused.
    void reportMany(Call& call, const HttpRequest& request, HttpResponse& response) {
        std::vector<aspm::PushReport> reports;
        std::string_view rest = request.query();
        while (!rest.empty()) {
            const std::string finding(rest.substr(0, rest.find(',')));
            aspm::TicketRef ticket;
            ticket.key = "PAY-" + finding;
            ticket.labels = {"one", "two"};
            reports.push_back({finding, ASPM_PUSH_CREATED, "made", "look", ticket});
            rest.remove_prefix(std::min(rest.size(), finding.size() + 1));
        }
        const auto findings = host().service<aspm::Findings>();
        response.write(findings.takesManyReports() ? "together" : "singly");
        for (const auto& refusal : findings.reportPushes(call, "acme", reports)) {
            response.write(" " + std::to_string(refusal.index) + ":" + aspm::statusName(refusal.status));
            response.write(refusal.message.empty() ? " silent" : " told");
        }
    }

    void reportTooMany(Call& call, const HttpRequest&, HttpResponse& response) {
        const auto findings = host().service<aspm::Findings>();
        std::vector<aspm::PushReport> reports(ASPM_PUSH_REPORTS_MAX,
                                              {"f1", ASPM_PUSH_QUEUED, "", "", std::nullopt});
        response.write(std::to_string(findings.reportPushes(call, "acme", reports).size()) + " refused, ");
        reports.push_back(reports.front());
        try {
            findings.reportPushes(call, "acme", reports);
        } catch (const aspm::ArgumentError& error) {
            response.write(error.message());
        }
    }

    /// What only a plugin without the C++ layer gets wrong.
    void reportWrongly(Call& call, const HttpRequest&, HttpResponse& response) {
        const auto* raw = host().raw();
        const auto* table = static_cast<const aspm_findings*>(raw->get_service(raw, ASPM_FINDINGS_1));
        const auto f1 = aspm::str("f1");
        const aspm_push_report good{sizeof(good), ASPM_PUSH_QUEUED, f1, {}, {}, nullptr};
        aspm_push_report small = good;
        small.struct_size = 8;
        aspm_push_report stateless = good;
        stateless.state = 77;
        aspm_push_report garbled = good;
        garbled.message = aspm::str("\xff");
        const aspm_push_report* const reports[] = {nullptr, &small, &good, &stateless, &garbled};
        const aspm_refusal_fn write = [](void* context, std::size_t index, aspm_status status, aspm_str,
                                         aspm_str) {
            static_cast<HttpResponse*>(context)->write(std::to_string(index) + aspm::statusName(status) +
                                                       " ");
        };
        const auto report = [&](const aspm_push_report* const* first, std::size_t count, aspm_refusal_fn fn) {
            response.write(aspm::statusName(
                table->report_pushes(table, call.raw(), aspm::str("acme"), first, count, fn, &response)));
            response.write("\n");
        };
        report(reports, 5, write);
        report(nullptr, 0, write);
        report(nullptr, 1, write);
        report(reports, 5, nullptr);
    }

    // ---- text ----

    void giveGuardedText(Call& call, const HttpRequest&, HttpResponse& response) {
        const contract::GuardedText acme("acme"), f1("f1"), text("up to the edge"), key("k");
        const auto findings = host().service<aspm::Findings>();
        findings.appendTimeline(
            call, acme.view(), f1.view(),
            {ASPM_TIMELINE_NOTE, std::string(key.view()), "", std::string(text.view()), "", "", 0});
        findings.setStatus(call, acme.view(), f1.view(), ASPM_FINDING_OPEN, text.view(), 0);
        _log.info(text.view(), {aspm::Log::field(key.view(), text.view())});
        host().metrics().set(key.view(), 1, {aspm::Metrics::label(key.view(), key.view())});
        host().service<aspm::Urls>().finding(call, acme.view(), f1.view());
        response.header(contract::GuardedText("X-Edge").view(), text.view()).write(text.view());
    }

    void giveNullData(Call& call, const HttpRequest&, HttpResponse& response) {
        const std::string_view nothing(nullptr, 0);
        host().service<aspm::Findings>().setStatus(call, "acme", "f1", ASPM_FINDING_OPEN, nothing, 0);
        _log.info(nothing, {aspm::Log::field("nothing", nothing)});
        call.setError(nothing, nothing);
        response.write(nothing).write("fine");
    }

    void giveBadUtf8(Call& call, const HttpRequest&, HttpResponse&) {
        _log.info("broken \xff text");
        host().service<aspm::Findings>().appendTimeline(
            call, "acme", "f1", {ASPM_TIMELINE_NOTE, "", "", "broken \xc3\x28 text", "", "", 0});
    }

    void failWithBadUtf8(Call&, const HttpRequest&, HttpResponse&) {
        throw aspm::RemoteError("it said \xff\xfe");
    }

    // ---- answers ----

    void setBadHeader(Call&, const HttpRequest& request, HttpResponse& response) {
        response.header(request.query() == "name" ? "Content-Length" : "X-Broken",
                        request.query() == "name" ? "1" : "a\r\nSet-Cookie: b");
    }

    void flushTwice(Call&, const HttpRequest&, HttpResponse& response) {
        response.status(202).write("one ");
        response.flush();
        try {
            response.status(500);
        } catch (const aspm::StateError&) {
            response.write("two");
        }
    }

    aspm::Log _log;
    std::mutex _mutex;
    std::vector<std::thread> _threads;
    std::atomic<int> _crowd{0};
    std::atomic<int> _largestCrowd{0};
    std::atomic<int> _jobs{0};
    bool _ranEarly = false;
};

} // namespace

ASPM_PLUGIN(Probe, "test.probe", "1.0.0");
