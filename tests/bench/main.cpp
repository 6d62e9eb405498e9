#include "comparison.hpp"
#include "intake.hpp"
#include "load_time.hpp"
#include "memory.hpp"
#include "options.hpp"
#include "pushes.hpp"
#include "report.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <iterator>
#include <vector>

using namespace bench;

namespace {

void append(std::vector<Figure>& all, std::vector<Figure> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

int measure(const Options& options) {
    std::vector<Figure> figures;
    if (options.wants("pushes"))
        append(figures, measurePushes(options));
    if (options.wants("deliveries"))
        append(figures, measureIntake(options));
    if (options.wants("comparison"))
        append(figures, measureComparison(options));
    if (options.wants("memory"))
        append(figures, measureMemory(options));
    if (options.wants("load"))
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
