// Load, start, stop, unload; instances; the query function.
#include <catch2/catch.hpp>

#include <dirent.h>
#include <dlfcn.h>

#include <set>
#include <thread>

#include <aspm_host/library.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;

namespace {

std::size_t entriesOf(const char* directory) {
    std::size_t count = 0;
    DIR* dir = opendir(directory);
    REQUIRE(dir != nullptr);
    while (readdir(dir) != nullptr) {
        ++count;
    }
    closedir(dir);
    return count;
}

void lifeOf(const std::string& name, MemoryServices& memory) {
    Misbehaviour misbehaviour;
    auto plugin = Plugin::load(bundle(name), memory.services(), misbehaviour);
    plugin->start();
    const std::string page = plugin->settingsPages().at(0).id;
    REQUIRE(plugin->servePage(page, pageRequest()).result.ok());
    plugin->stop();
    CHECK(plugin->servePage(page, pageRequest()).result.status == ASPM_STATE);
    const auto library = plugin->manifest().library();
    plugin.reset();
    REQUIRE_FALSE(isMapped(library));
    INFO((misbehaviour.sentences().empty() ? "" : misbehaviour.sentences().front()));
    REQUIRE(misbehaviour.sentences().empty());
}

} // namespace

TEST_CASE("a plugin lives a hundred times and leaves nothing behind", "[contract]") {
    const std::string name = GENERATE("hello_c", "hello_cpp", "probe");
    INFO(name);
    MemoryServices memory;
    lifeOf(name, memory); // what the process keeps from the first time is not growth
    const auto fds = entriesOf("/proc/self/fd");
    const auto threads = entriesOf("/proc/self/task");
    for (int i = 0; i < 100; ++i) {
        lifeOf(name, memory);
    }
    CHECK(entriesOf("/proc/self/fd") == fds);
    CHECK(entriesOf("/proc/self/task") <= threads);
}

TEST_CASE("two instances of one library are independent, and either may stop first", "[contract]") {
    const bool firstStopsFirst = GENERATE(true, false);
    auto a = Loaded::started("hello_c");
    auto b = Loaded::started("hello_c");
    PushRequest request;
    request.organisation = "acme";
    request.findings = {finding()};
    REQUIRE((*a)->push("hello-c", request).result.ok());
    CHECK((*b)->pushState("hello-c", "acme", "f1").state == ASPM_PUSH_NONE);
    auto& stops = firstStopsFirst ? a : b;
    auto& stays = firstStopsFirst ? b : a;
    const auto library = (*stays)->manifest().library();
    stops->unload();
    CHECK(isMapped(library));
    CHECK((*stays)->servePage("hello-c", pageRequest()).body == "Hello, Alice.\n");
    stays->unload();
    CHECK_FALSE(isMapped(library));
}

TEST_CASE("two plugins of one host cannot take the same page", "[contract]") {
    MemoryServices memory;
    Misbehaviour misbehaviour;
    ClaimedIds claims;
    auto first = Plugin::load(bundle("hello_c"), memory.services(), misbehaviour, {}, &claims);
    first->start();
    auto second = Plugin::load(bundle("hello_c"), memory.services(), misbehaviour, {}, &claims);
    CHECK_THROWS_WITH(second->start(), Catch::Contains("hello-c"));
    first->stop();
    auto third = Plugin::load(bundle("hello_c"), memory.services(), misbehaviour, {}, &claims);
    CHECK_NOTHROW(third->start());
}

TEST_CASE("the query function answers the same bytes from eight threads", "[contract]") {
    const auto name = GENERATE("hello_c", "hello_cpp", "probe");
    void* library = dlopen(libraryOf(bundle(name)).c_str(), RTLD_NOW | RTLD_LOCAL);
    REQUIRE(library != nullptr);
    const auto query = reinterpret_cast<aspm_plugin_query_fn>(dlsym(library, ASPM_PLUGIN_QUERY_SYMBOL));
    REQUIRE(query != nullptr);
    std::vector<const aspm_plugin*> answers(800);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 100; ++i) {
                answers[t * 100 + i] = query();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(std::set<const aspm_plugin*>(answers.begin(), answers.end()).size() == 1);
    CHECK(answers[0]->struct_size == sizeof(aspm_plugin));
    dlclose(library);
}

TEST_CASE("loading and asking starts no thread and opens no file", "[contract]") {
    const auto name = GENERATE("hello_c", "hello_cpp", "probe");
    const std::string library = libraryOf(bundle(name)).string();
    const auto fds = entriesOf("/proc/self/fd");
    const auto threads = entriesOf("/proc/self/task");
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    REQUIRE(handle != nullptr);
    reinterpret_cast<aspm_plugin_query_fn>(dlsym(handle, ASPM_PLUGIN_QUERY_SYMBOL))();
    CHECK(entriesOf("/proc/self/fd") == fds);
    CHECK(entriesOf("/proc/self/task") == threads);
    dlclose(handle);
    CHECK_FALSE(isMapped(library));
}

TEST_CASE("a required service that the host lacks is named before the library is opened", "[contract]") {
    MemoryServices memory;
    Misbehaviour misbehaviour;
    auto services = memory.services();
    services.storage = nullptr;
    CHECK_THROWS_WITH(Plugin::load(bundle("hello_c"), services, misbehaviour),
                      Catch::Contains("aspm.storage/1"));
    CHECK_FALSE(isMapped(libraryOf(bundle("hello_c"))));
}

TEST_CASE("a plugin does without an optional service that the host lacks", "[contract]") {
    MemoryServices memory;
    Misbehaviour misbehaviour;
    auto services = memory.services();
    services.log = nullptr;
    auto plugin = Plugin::load(bundle("hello_c"), services, misbehaviour);
    plugin->start();
    FindingChange change;
    change.changes = ASPM_CHANGED_STATUS;
    change.finding = finding();
    CHECK(plugin->changed("hello-c", change).ok());
}
