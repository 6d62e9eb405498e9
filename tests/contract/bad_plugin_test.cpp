// Each bad plugin is refused, or its fault is contained, and the message names the fault.
#include <catch2/catch.hpp>

#include <aspm_host/library.hpp>
#include <eventually.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;
using Catch::Matchers::Contains;

TEST_CASE("what the bad plugins spoil is fine otherwise", "[contract]") {
    auto good = Loaded::started("bad/nothing_wrong");
    CHECK((*good)->servePage("page", pageRequest()).body == "good");
    good->unload();
    CHECK(good->misbehaviour.sentences().empty());
}

TEST_CASE("a plugin of another major version is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/wrong_major"), Contains("ABI 2.0") && Contains("this host has 1."));
}

TEST_CASE("a plugin that needs a newer minor version is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/needs_newer_minor"), Contains("1.999") && Contains("this host has 1."));
}

TEST_CASE("a table that ends before the required members is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/struct_size_too_small"), Contains("struct_size 8"));
}

TEST_CASE("a library whose id is not its manifest's is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/id_differs_from_manifest"),
               Contains("test.somebody-else") && Contains("test.id-differs-from-manifest"));
}

TEST_CASE("a missing required member is named", "[contract]") {
    CHECK_THAT(refusalOf("bad/missing_required_member"), Contains("has no stop"));
}

TEST_CASE("a second exported symbol is named", "[contract]") {
    CHECK_THAT(refusalOf("bad/second_export"), Contains("another_export") && Contains("version script"));
}

TEST_CASE("a library that is not a plugin is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/not_a_plugin"), Contains("is not a plugin"));
}

TEST_CASE("a symbol that nobody defines is found at load, not inside a hook", "[contract]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    WARN("skipped: sanitizers may answer the symbol lookup themselves");
#else
    CHECK_THAT(refusalOf("bad/undefined_symbol"), Contains("function_that_nobody_defines"));
#endif
}

TEST_CASE("a contribution that the manifest does not list is refused and reported, the listed ones work",
          "[contract]") {
    auto plugin = Loaded::started("bad/registers_unlisted");
    CHECK((*plugin)->webhookRoutes().empty());
    CHECK((*plugin)->servePage("page", pageRequest()).result.ok());
    CHECK(plugin->misbehaviour.mentions("secret-door"));
    CHECK(plugin->misbehaviour.mentions("manifest"));
}

TEST_CASE("an incomplete contribution is refused by the name of what is missing", "[contract]") {
    CHECK_THAT(refusalOf("bad/incomplete_contribution"), Contains("preview"));
}

TEST_CASE("the same id twice is refused", "[contract]") {
    CHECK_THAT(refusalOf("bad/registers_twice"), Contains("page"));
}

TEST_CASE("a start that fails after it registered is rolled back, with its own words", "[contract]") {
    Loaded plugin(bundle("bad/fails_in_start"));
    CHECK_THROWS_WITH(plugin->start(), Contains("The licence file is missing."));
    CHECK(plugin->settingsPages().empty());
    CHECK(plugin->servePage("page", pageRequest()).result.status == ASPM_STATE);
    const auto library = plugin->manifest().library();
    plugin.unload();
    CHECK_FALSE(isMapped(library));
}

TEST_CASE("an exception out of create is contained", "[contract]") {
    CHECK_THAT(refusalOf("bad/throws_in_create"), Contains("create"));
}

TEST_CASE("exceptions out of a hook are contained and named", "[contract]") {
    auto plugin = Loaded::started("bad/throws_in_hook");
    CHECK((*plugin)->servePage("page", pageRequest("/")).result.status == ASPM_INTERNAL);
    CHECK(plugin->misbehaviour.mentions("the page went wrong"));
    CHECK((*plugin)->servePage("page", pageRequest("/else")).result.status == ASPM_INTERNAL);
    CHECK(plugin->misbehaviour.mentions("no std::exception"));
}

TEST_CASE("a status outside the closed list counts as internal", "[contract]") {
    auto plugin = Loaded::started("bad/returns_unknown_status");
    CHECK((*plugin)->servePage("page", pageRequest()).result.status == ASPM_INTERNAL);
    CHECK(plugin->misbehaviour.mentions("42"));
}

TEST_CASE("pending without a completion is an internal error", "[contract]") {
    auto plugin = Loaded::started("bad/pending_without_defer");
    CHECK((*plugin)->servePage("page", pageRequest()).result.status == ASPM_INTERNAL);
    CHECK(plugin->misbehaviour.mentions("without having asked for defer"));
}

TEST_CASE("a hook that is never completed ends at its deadline, and again at stop", "[contract]") {
    auto plugin = Loaded::started("bad/never_completes", impatient());
    const auto answer = (*plugin)->servePage("page", pageRequest());
    CHECK(answer.result.status == ASPM_INTERNAL);
    CHECK_THAT(answer.result.message, Contains("300 ms"));
    CHECK(plugin->misbehaviour.mentions("not completed within 300 ms"));
    plugin->unload();
    CHECK(plugin->misbehaviour.mentions("never completed"));
}

TEST_CASE("a second completion is refused and reported, the first one counts", "[contract]") {
    auto plugin = Loaded::started("bad/completes_twice");
    CHECK((*plugin)->servePage("page", pageRequest()).body == "no second yet");
    REQUIRE(test_support::eventually([&] { return plugin->misbehaviour.mentions("completed twice"); }));
    CHECK(test_support::eventually(
        [&] { return (*plugin)->servePage("page", pageRequest()).body == "the second was refused"; }));
}

TEST_CASE("a thread that outlives stop is named, and its code stays in the process", "[contract]") {
    auto plugin = Loaded::started("bad/keeps_a_thread_after_stop");
    const auto library = (*plugin)->manifest().library();
    plugin->unload();
    CHECK(plugin->misbehaviour.mentions("1 thread of the plugin still ran after stop had returned"));
    CHECK(isMapped(library));
}

TEST_CASE("a call that outlives stop is reported", "[contract]") {
    auto plugin = Loaded::started("bad/keeps_a_call_after_stop");
    plugin->unload();
    CHECK(plugin->misbehaviour.mentions("1 of its own calls"));
}

TEST_CASE("host functions called after stop answer, do nothing and are reported", "[contract]") {
    auto plugin = Loaded::started("bad/calls_after_stop");
    const auto linesBefore = plugin->memory.logLines().size();
    plugin->unload();
    CHECK(plugin->misbehaviour.mentions("begin_call was called after stop"));
    CHECK(plugin->misbehaviour.mentions("log.write was called after stop"));
    CHECK(plugin->memory.logLines().size() == linesBefore);
}

TEST_CASE("create gets no service but the log", "[contract]") {
    auto plugin = Loaded::started("bad/calls_service_in_create");
    CHECK(plugin->misbehaviour.mentions("aspm.clock/1 during create"));
}

TEST_CASE("a push without receipts counts as refused and is reported", "[contract]") {
    auto plugin = Loaded::started("bad/receipts_forgotten");
    PushRequest request;
    request.organisation = "acme";
    request.key = "k1";
    request.findings = {finding()};
    const auto answer = (*plugin)->push("push", request);
    REQUIRE(answer.receipts.size() == 1);
    CHECK(answer.receipts[0].state == ASPM_PUSH_REFUSED);
    CHECK_FALSE(answer.receipts[0].given);
    CHECK(plugin->misbehaviour.mentions("gave no receipt for 1 of 1"));
}
