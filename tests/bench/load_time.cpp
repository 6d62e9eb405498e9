#include "load_time.hpp"

#include "paths.hpp"
#include "process.hpp"

#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {
constexpr int rounds = 15;
}

Figure measureLoadTime() {
    Figure figure{"load, query and close the library", "ms", 1, {}, Bar{Bar::Kind::Below, 100}};
    for (int round = 0; round < rounds; ++round) {
        const auto outcome = run(LOAD_ONCE, {(jiraBundle() / "libjira_plugin.so").string()});
        if (outcome.status != 0) {
            throw std::runtime_error("The library was not loaded: " + outcome.errors);
        }
        figure.samples.push_back(static_cast<double>(std::stoll(outcome.output)) / 1000);
    }
    return figure;
}

} // namespace bench
