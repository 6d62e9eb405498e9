#include "options.hpp"

#include <map>
#include <stdexcept>

#include <Poco/NumberParser.h>

namespace bench {

namespace {

struct Number {
    int Options::*member;
    int least;
    int most;
};

const std::map<std::string, Number>& numbers() {
    static const std::map<std::string, Number> all{{"--findings", {&Options::findings, 1, 100'000}},
                                                   {"--rounds", {&Options::rounds, 1, 100}},
                                                   {"--lanes", {&Options::lanes, 1, 16}},
                                                   {"--latency", {&Options::latencyMs, 1, 60'000}}};
    return all;
}

int read(const std::string& flag, const Number& number, const std::string& text) {
    int value = 0;
    if (!Poco::NumberParser::tryParse(text, value) || value < number.least || value > number.most) {
        throw std::invalid_argument(flag + " takes a whole number from " + std::to_string(number.least) +
                                    " to " + std::to_string(number.most) + ", not '" + text + "'.");
    }
    return value;
}

std::string readPart(const std::string& text) {
    for (const char* part : {"pushes", "deliveries", "comparison", "memory", "load"})
        if (text == part)
            return text;
    throw std::invalid_argument("--only takes pushes, deliveries, comparison, memory or load, not '" + text +
                                "'.");
}

} // namespace

Options readOptions(int argc, const char* const* argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        if (flag == "--help" || flag == "-h") {
            options.help = true;
        } else if (flag == "--json") {
            options.asJson = true;
        } else if (flag == "--only") {
            options.only = readPart(++i < argc ? argv[i] : "");
        } else if (const auto number = numbers().find(flag); number != numbers().end()) {
            options.*number->second.member = read(flag, number->second, ++i < argc ? argv[i] : "");
        } else {
            throw std::invalid_argument("There is no option '" + flag + "'. --help lists them.");
        }
    }
    return options;
}

std::string helpText() {
    return R"(push_bench - what the plugin costs, measured with the real programs against the stand-in Jira

  ./dev bench [--findings N] [--rounds N] [--lanes N] [--latency MS] [--only PART] [--json]

Starts hosts with the plugin and stand-in Jiras, pushes 1, 100 and N findings, lets a bare client post the same
bodies over kept-alive TLS connections, once to a Jira that answers as fast as this machine can and once to one that
takes its time. Sends as many deliveries of Jira as are taken, to the host and to a bare server. Compares all tickets
with Jira. Prints each figure with its median, its range, its bar and whether it is met. Exit status: 0 all bars are met, 1 one is missed or nothing could be measured, 2 wrong usage.

  --findings N   the largest push (5000); the bars are made for 5000
  --rounds N     how often each push is measured (3); the median counts
  --lanes N      requests on their way at the same time, of the plugin and of the bare client (2)
  --latency MS   how long the slower Jira takes for each request (150)
  --only PART    pushes, deliveries, comparison, memory or load
  --json         the figures as JSON on standard output
  --help         this text

More: tests/bench/README.md
)";
}

} // namespace bench
