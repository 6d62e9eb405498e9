// The C++ layer by itself, against a host of a few lines.
#include <catch2/catch.hpp>

#include <aspm/plugin.hpp>

#include "support/mini_host.hpp"

using contract::MiniCall;
using contract::MiniHost;

namespace {

/// Counts what the layer does with it, and fails where it is told to.
class Told : public aspm::Plugin {
public:
    struct Orders {
        bool failCreate = false;
        bool failStart = false;
        bool failStop = false;
        int alive = 0;
        int stops = 0;
    };
    static Orders orders;

    explicit Told(const aspm::Host& host) : Plugin(host) {
        if (orders.failCreate) {
            throw aspm::ConfigError("no create", "allow it");
        }
        ++orders.alive;
    }
    ~Told() override { --orders.alive; }

    void start(aspm::Registrar& registrar) override {
        registrar.add<&Told::page>(aspm::SettingsPage{"told", "Told", "Told"});
        if (orders.failStart) {
            throw std::logic_error("no start");
        }
    }
    void stop() override {
        ++orders.stops;
        if (orders.failStop) {
            throw std::logic_error("no stop");
        }
    }
    aspm::Error describe(const std::exception& error) const override {
        return {ASPM_REMOTE, std::string("described: ") + error.what()};
    }

private:
    void page(const aspm::Call&, const aspm::HttpRequest&, aspm::HttpResponse&) {
        throw std::logic_error("page");
    }
};

Told::Orders Told::orders;

const aspm_plugin* told() {
    static constexpr aspm_plugin table = aspm::detail::makeTable<Told>("test.told", "1.0.0");
    Told::orders = {};
    return &table;
}

struct Guarded {
    MiniHost host;
    MiniCall call;

    template <class Fn> aspm_status operator()(Fn fn) { return aspm::guard(host.host(), call.raw(), fn); }
};

} // namespace

TEST_CASE("the guard turns every error class into its status and text", "[contract]") {
    Guarded guard;
    CHECK(guard([] {}) == ASPM_OK);
    CHECK(guard([] { return ASPM_PENDING; }) == ASPM_PENDING);
    CHECK(guard([] { throw aspm::ArgumentError("m"); }) == ASPM_ARGUMENT);
    CHECK(guard([] { throw aspm::NotFoundError("m"); }) == ASPM_NOT_FOUND);
    CHECK(guard([] { throw aspm::ConfigError("m"); }) == ASPM_CONFIG);
    CHECK(guard([] { throw aspm::RemoteError("m"); }) == ASPM_REMOTE);
    CHECK(guard([] { throw aspm::CancelledError("m"); }) == ASPM_CANCELLED);
    CHECK(guard([] { throw aspm::StateError("m"); }) == ASPM_STATE);
    CHECK(guard([] { throw aspm::UnsupportedError("m"); }) == ASPM_UNSUPPORTED);
    CHECK(guard([] { throw aspm::TransientError("msg", "rem", 77); }) == ASPM_TRANSIENT);
    CHECK(guard.call.message == "msg");
    CHECK(guard.call.remedy == "rem");
    CHECK(guard.call.retryAfterMs == 77);
}

TEST_CASE("the guard lets no exception and no success with an error through", "[contract]") {
    Guarded guard;
    CHECK(guard([] { throw std::bad_alloc(); }) == ASPM_INTERNAL);
    CHECK(guard([] { throw std::runtime_error("words"); }) == ASPM_INTERNAL);
    CHECK(guard.call.message == "words");
    CHECK(guard([] { throw "a string"; }) == ASPM_INTERNAL);
    CHECK_FALSE(guard.call.message.empty());
    CHECK(guard([] { throw aspm::Error(ASPM_OK, "says OK"); }) == ASPM_INTERNAL);
    CHECK(guard([] { throw aspm::Error(ASPM_PENDING, "says PENDING"); }) == ASPM_INTERNAL);
    CHECK(guard([] { throw aspm::Error(4711, "says nonsense"); }) == ASPM_INTERNAL);
    const auto failing = [](const std::exception&) -> aspm::Error { throw std::bad_alloc(); };
    CHECK(aspm::guard(
              guard.host.host(), guard.call.raw(), [] { throw std::logic_error("x"); }, failing) ==
          ASPM_INTERNAL);
}

TEST_CASE("a failed status becomes its exception, and one that nobody knows counts as internal",
          "[contract]") {
    MiniHost host;
    MiniCall raw;
    const aspm::Call call(host.host(), raw.raw());
    raw.message = "the host's words";
    raw.remedy = "the host's advice";
    CHECK_NOTHROW(call.check(ASPM_OK, "Trying"));
    CHECK_THROWS_AS(call.check(ASPM_TRANSIENT, "Trying"), aspm::TransientError);
    try {
        call.check(4711, "Trying");
        FAIL("no exception");
    } catch (const aspm::Error& error) {
        CHECK(error.status() == ASPM_INTERNAL);
        CHECK(error.message() == "the host's words");
        CHECK(error.remedy() == "the host's advice");
    }
    raw.message.clear();
    CHECK_THROWS_WITH(call.check(ASPM_CONFIG, "Trying"), "Trying failed in the host (CONFIG).");
}

TEST_CASE("an exception of a plugin is described by the plugin", "[contract]") {
    MiniHost host;
    MiniCall call;
    const aspm_plugin* table = told();
    aspm_instance* self = nullptr;
    REQUIRE(table->create(host.host(), call.raw(), &self) == ASPM_OK);
    REQUIRE(table->start(self, call.raw(), host.registrar()) == ASPM_OK);
    const auto& page = host.contribution<aspm_settings_page>(ASPM_SETTINGS_PAGE_1);
    aspm_http_request request{};
    contract::MiniResponse response;
    CHECK(page.handle(self, call.raw(), &request, response.raw()) == ASPM_REMOTE);
    CHECK(call.message == "described: page");
    CHECK(table->get_extension(self, "anything") == nullptr);
    table->stop(self, call.raw());
    table->destroy(self);
    CHECK(Told::orders.alive == 0);
    CHECK(Told::orders.stops == 1);
}

TEST_CASE("a create that throws leaves no instance", "[contract]") {
    MiniHost host;
    MiniCall call;
    const aspm_plugin* table = told();
    Told::orders.failCreate = true;
    auto* self = reinterpret_cast<aspm_instance*>(&call);
    CHECK(table->create(host.host(), call.raw(), &self) == ASPM_CONFIG);
    CHECK(self == nullptr);
    CHECK(call.remedy == "allow it");
    CHECK(Told::orders.alive == 0);
}

TEST_CASE("a start that throws is followed by stop, and its words survive that", "[contract]") {
    MiniHost host;
    MiniCall call;
    const aspm_plugin* table = told();
    Told::orders.failStart = true;
    Told::orders.failStop = true;
    aspm_instance* self = nullptr;
    REQUIRE(table->create(host.host(), call.raw(), &self) == ASPM_OK);
    CHECK(table->start(self, call.raw(), host.registrar()) == ASPM_REMOTE);
    CHECK(call.message == "described: no start");
    CHECK(Told::orders.stops == 1);
    CHECK(host.lines == std::vector<std::string>{"The plugin's stop threw."});
    table->destroy(self);
}

TEST_CASE("a finding survives the way out and back", "[contract]") {
    aspm::FindingData data;
    data.severity = ASPM_SEVERITY_CRITICAL;
    data.status = ASPM_FINDING_ACCEPTED;
    data.labels = {"a", "", "c"};
    int number = 0;
    for (std::string* text :
         {&data.organisation, &data.project, &data.projectKey, &data.id, &data.title, &data.description,
          &data.scanner, &data.ruleId, &data.ruleName, &data.ruleHelp, &data.ruleHelpUrl, &data.cwe,
          &data.filePath, &data.snippet, &data.url, &data.dueDate}) {
        *text = "text " + std::to_string(number++);
    }
    data.line = 12;
    data.firstSeenMs = 34;
    data.revision = 56;
    auto lent = data.lend();
    const auto moved = std::move(lent); // labels stay where they are
    CHECK(moved.get()->struct_size == sizeof(aspm_finding));
    const auto back = aspm::FindingData::from(*moved.get());
    CHECK(back.labels == data.labels);
    CHECK(back.organisation == "text 0");
    CHECK(back.title == "text 4");
    CHECK(back.ruleHelpUrl == "text 10");
    CHECK(back.dueDate == "text 15");
    CHECK(back.severity == data.severity);
    CHECK(back.status == data.status);
    CHECK(back.line == 12);
    CHECK(back.firstSeenMs == 34);
    CHECK(back.revision == 56);
}

TEST_CASE("a ticket survives the way out and back", "[contract]") {
    const aspm::TicketRef ticket{"s", "i", "k", "u", "st", "p", "a", "d", {"x", "y"}};
    const auto back = aspm::TicketRef::from(*ticket.lend().get());
    CHECK(back.system == "s");
    CHECK(back.dueDate == "d");
    CHECK(back.labels == ticket.labels);
}

TEST_CASE("a visitor that threw is not called again, and its exception wins over the host's", "[contract]") {
    MiniHost host;
    MiniCall raw;
    const aspm::Call call(host.host(), raw.raw());
    const auto findings = aspm::Host(host.host()).service<aspm::Findings>();
    int seen = 0;
    CHECK_THROWS_WITH(findings.list(call, "o", "", "",
                                    [&](const aspm::FindingData&) {
                                        ++seen;
                                        throw std::runtime_error("mine");
                                    }),
                      "mine");
    CHECK(seen == 1);
    CHECK_THROWS_AS(findings.list(call, "o", "", "", [](const aspm::FindingData&) {}), aspm::TransientError);
    CHECK_THROWS_AS(findings.removeTimeline(call, "o", "f", "k"), aspm::Error);
}

TEST_CASE("a missing service is nothing to find and an error to demand", "[contract]") {
    MiniHost raw;
    raw.missing = {ASPM_LOG_1};
    const aspm::Host host(raw.host());
    CHECK_FALSE(host.find<aspm::Clock>());
    CHECK_THROWS_AS(host.service<aspm::Clock>(), aspm::UnsupportedError);
    CHECK_THROWS_WITH(host.service<aspm::Clock>(), Catch::Contains("aspm.clock/1"));
    CHECK(host.find<aspm::Findings>());
    CHECK_NOTHROW(host.log().error("into the void"));
    CHECK_FALSE(host.log().isEnabled(ASPM_LOG_ERROR));
    CHECK_NOTHROW(host.metrics().add("nothing"));
}

TEST_CASE("a call of one's own ends with its object", "[contract]") {
    MiniHost host;
    {
        const auto call = aspm::Host(host.host()).beginCall(100);
        CHECK(host.openCalls == 1);
        CHECK_FALSE(call.isCancelled());
    }
    CHECK(aspm::Host(host.host()).name() == "mini");
}

TEST_CASE("a deferred hook completes exactly once, whatever happens to it", "[contract]") {
    MiniHost host;
    MiniCall raw;
    aspm::Call call(host.host(), raw.raw());
    SECTION("completed") {
        auto deferred = call.defer();
        auto moved = std::move(deferred);
        CHECK(moved.complete());
        CHECK_FALSE(moved.complete());
        CHECK_FALSE(moved.fail(aspm::ConfigError("late")));
        CHECK(raw.completions == std::vector<aspm_status>{ASPM_OK});
    }
    SECTION("failed") {
        call.defer().fail(aspm::ConfigError("why", "what"));
        CHECK(raw.completions == std::vector<aspm_status>{ASPM_CONFIG});
        CHECK(raw.message == "why");
    }
    SECTION("dropped") {
        { auto deferred = call.defer(); }
        CHECK(raw.completions == std::vector<aspm_status>{ASPM_INTERNAL});
    }
    SECTION("overwritten") {
        MiniCall other;
        aspm::Call second(host.host(), other.raw());
        auto deferred = call.defer();
        deferred = second.defer();
        CHECK(raw.completions == std::vector<aspm_status>{ASPM_INTERNAL});
        CHECK(deferred.complete());
        CHECK(other.completions == std::vector<aspm_status>{ASPM_OK});
    }
    CHECK(call.isDeferred());
    CHECK_THROWS_AS(call.defer(), aspm::StateError);
}

TEST_CASE("headers are found without case and without the locale", "[contract]") {
    const aspm_header headers[] = {{aspm::str("X-One"), aspm::str("1")},
                                   {aspm::str("x-one"), aspm::str("2")}};
    aspm_http_request raw{};
    raw.headers = headers;
    raw.header_count = 2;
    const aspm::HttpRequest request(raw);
    CHECK(request.header("x-ONE") == std::string_view("1"));
    CHECK_FALSE(request.header("x-on"));
    CHECK(request.headers().size() == 2);
    CHECK_FALSE(request.principal());
    CHECK(request.path().empty());
}

TEST_CASE("a project is administered by its administrators and the organisation's", "[contract]") {
    aspm::Principal principal;
    principal.administeredProjects = {"p1"};
    CHECK_FALSE(principal.administers("p1"));
    principal.roles = ASPM_ROLE_PROJECT_ADMIN;
    CHECK(principal.administers("p1"));
    CHECK_FALSE(principal.administers("p2"));
    principal.roles = ASPM_ROLE_ADMIN;
    CHECK(principal.administers("p2"));
}

TEST_CASE("a key moves without leaving a copy", "[contract]") {
    aspm::SecretKey key("id", std::string(32, 'k'));
    const aspm::SecretKey moved(std::move(key));
    CHECK(moved.bytes() == std::string(32, 'k'));
    CHECK(key.bytes().empty()); // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
}
