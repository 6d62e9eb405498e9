#include "push_world.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace push_test;

TEST_CASE("metadata is asked for once and again after a quarter of an hour", "[push][metadata]") {
    World world;
    auto& cache = world.parts->metadata;
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    CHECK(world.atlassian->screenReads == 1);
    world.hosting.advance(15LL * 60'000);
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    CHECK(world.atlassian->screenReads == 2);
    cache.dropScreen(acme, "id-PAY", "1");
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    CHECK(world.atlassian->screenReads == 3);
}

TEST_CASE("a failure to read metadata is not remembered", "[push][metadata]") {
    World world;
    auto& cache = world.parts->metadata;
    world.atlassian->onScreen = [] { throw jira::RetryLater("x", "y", 0); };
    CHECK_THROWS_AS(cache.createScreen(acme, *world.atlassian, "id-PAY", "1"), jira::RetryLater);
    world.atlassian->onScreen = nullptr;
    CHECK(cache.createScreen(acme, *world.atlassian, "id-PAY", "1")->count("summary") == 1);
}

TEST_CASE("threads that miss the same metadata ask Jira once together", "[push][metadata]") {
    World world;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back(
            [&] { world.parts->metadata.createScreen(acme, *world.atlassian, "id-PAY", "1"); });
    for (auto& thread : threads)
        thread.join();
    CHECK(world.atlassian->screenReads == 1);
}

TEST_CASE("one organisation's metadata is not another's", "[push][metadata]") {
    World world;
    auto& cache = world.parts->metadata;
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    cache.createScreen("other", *world.atlassian, "id-PAY", "1");
    CHECK(world.atlassian->screenReads == 2);
    cache.drop("other");
    cache.createScreen(acme, *world.atlassian, "id-PAY", "1");
    CHECK(world.atlassian->screenReads == 2);
}
