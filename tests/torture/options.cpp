#include "options.hpp"

#include <stdexcept>

namespace torture {

namespace {

std::uint64_t number(const std::string& flag, const std::string& text) {
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
        throw std::invalid_argument(flag + " takes a whole number, not '" + text + "'");
    return std::stoull(text);
}

int number(const std::string& flag, const std::string& text, int least, int most) {
    const std::uint64_t given = number(flag, text);
    if (given < static_cast<std::uint64_t>(least) || given > static_cast<std::uint64_t>(most))
        throw std::invalid_argument(flag + " takes a number from " + std::to_string(least) + " to " +
                                    std::to_string(most) + ", not '" + text + "'");
    return static_cast<int>(given);
}

void setRange(Options& options, const std::string& text) {
    const auto dash = text.find('-');
    if (dash == std::string::npos)
        throw std::invalid_argument("--seeds takes FIRST-LAST, not '" + text + "'");
    options.firstSeed = number("--seeds", text.substr(0, dash));
    options.lastSeed = number("--seeds", text.substr(dash + 1));
    if (*options.lastSeed < options.firstSeed)
        throw std::invalid_argument("--seeds takes the smaller number first, not '" + text + "'");
}

void set(Options& options, const std::string& flag, const std::string& value) {
    if (flag == "--seed") {
        options.firstSeed = number(flag, value);
        options.lastSeed = options.firstSeed;
    } else if (flag == "--seeds") {
        setRange(options, value);
    } else if (flag == "--minutes") {
        options.time = std::chrono::minutes(number(flag, value, 1, 10'000));
    } else if (flag == "--seconds") {
        options.time = std::chrono::seconds(number(flag, value, 1, 600'000));
    } else if (flag == "--jobs") {
        options.jobs = number(flag, value, 1, 64);
    } else if (flag == "--hosts") {
        options.hosts = number(flag, value, 1, 16);
    } else if (flag == "--kill-every") {
        options.killEvery = std::chrono::seconds(number(flag, value, 1, 3'600));
    } else if (flag == "--findings") {
        options.findings = number(flag, value, 1, 1'000'000);
    } else if (flag == "--webhooks") {
        options.webhooks = number(flag, value, 1, 1'000'000);
    } else if (flag == "--keep") {
        options.keep = value;
    } else {
        throw std::invalid_argument("there is no option " + flag + "; see --help");
    }
}

} // namespace

Options readOptions(int argc, const char* const* argv) {
    Options options;
    options.keep = std::filesystem::temp_directory_path() / "aspm-torture";
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        if (flag == "--help" || flag == "-h")
            options.help = true;
        else if (flag == "--tell")
            options.isTold = true;
        else if (i + 1 == argc)
            throw std::invalid_argument(flag + " takes a value; see --help");
        else
            set(options, flag, argv[++i]);
    }
    if (options.time)
        options.lastSeed.reset();
    return options;
}

std::string helpText() {
    return R"(torture: shows that nothing is lost and nothing is twice.

Each seed is a run with a Jira, a host and a database of its own. Jira and the network fail, the host is killed and
started again on the same data, clocks jump, people work on both sides; then all is well again, and everything is
counted. Exit status 0: every run came out right. 1: something was lost, twice or stuck.

  --seed N        the run of this seed (with --minutes: where to begin)
  --seeds A-B     these runs (1-20)
  --minutes N     one seed after the other until the time is over; --seconds N likewise
  --jobs N        so many runs at a time (1)
  --keep DIR      where data and logs of a failed run go (/tmp/aspm-torture)
  --tell          every run tells what was done to it, not only those that fail

  --hosts N       one run of N hosts that share a store on PostgreSQL, for --minutes N (5), and one of them is killed
                  again and again
  --kill-every N  seconds between two deaths (3)
  --findings N    so many are pushed in that time (5000)
  --webhooks N    so many things do people in Jira, each of which Jira tells of (5000)
)";
}

} // namespace torture
