#include "intake.hpp"
#include "load_time.hpp"
#include "memory.hpp"
#include "options.hpp"
#include "pushes.hpp"
#include "report.hpp"

#include <algorithm>
#include <exception>
#include <iostream>

using namespace bench;

namespace {

int measure(const Options& options) {
    auto figures = options.onlyIntake ? std::vector<Figure>{} : measurePushes(options);
    for (auto& figure : measureIntake(options)) {
        figures.push_back(std::move(figure));
    }
    if (!options.onlyIntake) {
        for (auto& figure : measureMemory(options)) {
            figures.push_back(std::move(figure));
        }
    }
    figures.push_back(measureLoadTime());
    std::cout << (options.asJson ? asJson(figures) : asTable(figures));
    const auto isMet = [](const Figure& figure) { return figure.isMet(); };
    return std::all_of(figures.begin(), figures.end(), isMet) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    try {
        options = readOptions(argc, argv);
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << "\n";
        return 2;
    }
    if (options.help) {
        std::cout << helpText();
        return 0;
    }
    try {
        return measure(options);
    } catch (const std::exception& problem) {
        std::cerr << "Nothing could be measured: " << problem.what() << "\n";
        return 1;
    }
}
