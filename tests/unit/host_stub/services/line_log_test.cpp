#include <catch2/catch.hpp>

#include "services/line_log.hpp"
#include "temp_dir.hpp"

using namespace aspm::host;
using test_support::readFile;
using test_support::TempDir;

TEST_CASE("a log entry is one line with time, level, plugin, message and fields", "[log]") {
    TempDir directory;
    LineLog log(ASPM_LOG_INFO, (directory / "log").string());
    log.write("com.example.a", ASPM_LOG_WARNING, "two\nlines\x1b[31m",
              {{"count", "3"}, {"text", "a b"}, {"none", ""}});
    std::string text = readFile(directory / "log");
    CHECK_THAT(
        text,
        Catch::Matches(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning com\.example\.a two\\nlines \[31m )"
                       R"(count=3 text="a b" none=""\n)"));
}

TEST_CASE("entries below the level are left out", "[log]") {
    TempDir directory;
    LineLog log(ASPM_LOG_WARNING, (directory / "log").string());
    log.info("quiet");
    log.error("loud");
    CHECK_FALSE(log.enabled(ASPM_LOG_INFO));
    CHECK_THAT(readFile(directory / "log"), Catch::Contains("loud") && !Catch::Contains("quiet"));
}

TEST_CASE("secrets are left out of messages and fields, wherever they stand", "[log]") {
    TempDir directory;
    LineLog log(ASPM_LOG_INFO, (directory / "log").string());
    // The second one is part of what stands in for it.
    log.setSecrets({"hunter22", "secret"});
    log.write("p", ASPM_LOG_INFO, "hunter22 is hunter22hunter22",
              {{"url", "https://x/?t=hunter22&s=secret"}});
    std::string text = readFile(directory / "log");
    CHECK_THAT(text, !Catch::Contains("hunter22") && Catch::Contains("[secret]"));
    CHECK_THAT(text, Catch::Contains("url=\"https://x/?t=["));
}

TEST_CASE("a log appends to what is there", "[log]") {
    TempDir directory;
    auto file = directory.write("log", "before\n");
    LineLog(ASPM_LOG_INFO, file.string()).info("after");
    CHECK_THAT(readFile(file), Catch::StartsWith("before\n") && Catch::Contains("after"));
}

TEST_CASE("a log file that cannot be written, and a level that is none, are refused with the way on",
          "[log]") {
    TempDir directory;
    CHECK_THROWS_WITH(LineLog(ASPM_LOG_INFO, directory.path().string()),
                      Catch::Contains(directory.path().string()));
    CHECK(logLevelFromName("debug") == ASPM_LOG_DEBUG);
    CHECK(logLevelFromName("error") == ASPM_LOG_ERROR);
    CHECK_THROWS_WITH(logLevelFromName("loud"), Catch::Contains("loud"));
}
