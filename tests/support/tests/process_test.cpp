#include <catch2/catch.hpp>

#include "process.hpp"
#include "temp_dir.hpp"

#include <signal.h>

using namespace test_support;

namespace {

Process shell(const TempDir& directory, const std::string& script) {
    return Process({"/bin/sh", {"-c", script}, {}, directory / "output", directory / "errors"});
}

} // namespace

TEST_CASE("a program's outcome is its status and what it wrote", "[support]") {
    const auto outcome = run("/bin/sh", {"-c", "echo out; echo $COLOUR >&2; exit 3"}, {{"COLOUR", "green"}});
    CHECK(outcome.status == 3);
    CHECK(outcome.output == "out\n");
    CHECK(outcome.errors == "green\n");
}

TEST_CASE("a program that never ends is killed at the limit", "[support]") {
    CHECK(run("/bin/sh", {"-c", "exec sleep 600"}, {}, std::chrono::milliseconds(50)).status ==
          128 + SIGKILL);
}

TEST_CASE("waiting for a line returns the whole line", "[support]") {
    const TempDir directory;
    auto process = shell(directory, "echo starting; echo 'ready at 4711'; exec sleep 600");
    CHECK(process.waitForLine("ready") == "ready at 4711");
    CHECK(process.isRunning());
}

TEST_CASE("waiting for a line of a program that ends tells what it wrote instead", "[support]") {
    const TempDir directory;
    auto process = shell(directory, "echo 'the port is in use' >&2; exit 1");
    CHECK_THROWS_WITH(process.waitForLine("ready"), Catch::Contains("the port is in use"));
}

TEST_CASE("a program is asked to end, and killed when it does not listen", "[support]") {
    const TempDir directory;
    auto polite = shell(directory, "trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done");
    polite.waitForLine("ready");
    CHECK(polite.terminate() == 5);

    const TempDir other;
    auto deaf = shell(other, "trap '' TERM; echo ready; while :; do sleep 0.01; done");
    deaf.waitForLine("ready");
    CHECK(deaf.terminate(std::chrono::milliseconds(50)) == 128 + SIGKILL);
}

TEST_CASE("no process outlives its object", "[support]") {
    const TempDir directory;
    pid_t pid = 0;
    {
        auto process = shell(directory, "exec sleep 600");
        pid = process.pid();
    }
    CHECK(::kill(pid, 0) != 0);
}

TEST_CASE("a program that is not there is named", "[support]") {
    CHECK_THROWS_WITH(run("/nowhere/program", {}), Catch::Contains("/nowhere/program"));
}
