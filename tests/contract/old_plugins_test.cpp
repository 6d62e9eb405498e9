// Plugins as they were released, on the host as it is: "built against 1.x" keeps its promise.
#include <catch2/catch.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;

TEST_CASE("every released plugin of this machine still loads and works", "[contract]") {
    const std::filesystem::path old(OLD_PLUGINS_DIR);
    int tried = 0;
    for (const auto& version : std::filesystem::directory_iterator(old)) {
        const auto bundle = version.path() / MACHINE;
        if (!version.is_directory() || !std::filesystem::exists(bundle / "manifest.json")) {
            continue;
        }
        INFO(bundle.string());
        ++tried;
        Loaded plugin(bundle);
        plugin->start();
        CHECK(plugin->servePage("hello-c", pageRequest()).body == "Hello, Alice.\n");
        PushRequest request;
        request.organisation = "acme";
        request.key = "key-1";
        request.findings = {finding()};
        CHECK(plugin->push("hello-c", request).receipts.at(0).state == ASPM_PUSH_CREATED);
        CHECK(plugin->pushState("hello-c", "acme", "f1").state == ASPM_PUSH_CREATED);
        CHECK(plugin->preview("hello-c", finding()).fields.size() == 1);
        FindingChange change;
        change.changes = ASPM_CHANGED_STATUS;
        change.finding = finding();
        CHECK(plugin->changed("hello-c", change).ok());
        HttpRequest delivery;
        delivery.method = "POST";
        delivery.organisation = "acme";
        delivery.headers = {{"x-hello-token", "let-me-in"}};
        delivery.body = "f1";
        CHECK(plugin->serveWebhook("hello-c", delivery).status == 204);
        plugin.unload();
        CHECK(plugin.misbehaviour.sentences().empty());
    }
    if (tried == 0) {
        WARN("skipped: no plugin was released for " MACHINE);
    }
    if (std::string(MACHINE) == "x86_64") {
        CHECK(tried > 0);
    }
}
