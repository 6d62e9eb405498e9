#include "report.hpp"

#include "json.hpp"

#include <algorithm>
#include <array>

namespace bench {

using test_support::quoted;

namespace {

using Row = std::array<std::string, 5>;

std::string barOf(const Figure& figure) {
    return figure.bar ? std::string(word(figure.bar->kind)) + " " +
                            shown(figure.bar->value, figure.digits == 0 ? 0 : figure.digits)
                      : "";
}

Row rowOf(const Figure& figure) {
    const auto number = [&](double value) { return shown(value, figure.digits); };
    return {figure.name, number(figure.median()) + (figure.unit.empty() ? "" : " " + figure.unit),
            number(figure.least()) + " .. " + number(figure.most()), barOf(figure),
            !figure.bar      ? ""
            : figure.isMet() ? "met"
                             : "MISSED"};
}

std::string line(const Row& row, const std::array<std::size_t, 5>& widths) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        text += (i == 0 ? "" : "  ") + row[i] + std::string(widths[i] - row[i].size(), ' ');
    }
    return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

} // namespace

std::string asTable(const std::vector<Figure>& figures) {
    std::vector<Row> rows{{"figure", "median", "least .. most", "bar", "verdict"}};
    std::array<std::size_t, 5> widths{};
    for (const auto& figure : figures) {
        rows.push_back(rowOf(figure));
    }
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const auto& row : rows) {
        text += line(row, widths);
    }
    return text;
}

std::string asJson(const std::vector<Figure>& figures) {
    const auto number = [](double value) { return std::to_string(value); };
    std::string list;
    for (const auto& figure : figures) {
        std::string samples;
        for (const double sample : figure.samples) {
            samples += (samples.empty() ? "" : ",") + number(sample);
        }
        list += std::string(list.empty() ? "" : ",\n  ") + R"({"name":)" + quoted(figure.name) +
                R"(,"unit":)" + quoted(figure.unit) + R"(,"median":)" + number(figure.median()) +
                R"(,"least":)" + number(figure.least()) + R"(,"most":)" + number(figure.most()) +
                R"(,"samples":[)" + samples + "]";
        if (figure.bar) {
            list += R"(,"bar":{"kind":)" + quoted(word(figure.bar->kind)) + R"(,"value":)" +
                    number(figure.bar->value) + R"(},"met":)" + (figure.isMet() ? "true" : "false");
        }
        list += "}";
    }
    return "{\"figures\":[\n  " + list + "\n]}\n";
}

} // namespace bench
