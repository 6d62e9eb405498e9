#include "figure.hpp"

#include <algorithm>
#include <cstdio>

namespace bench {

double Figure::median() const {
    auto sorted = samples;
    std::sort(sorted.begin(), sorted.end());
    const auto middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted.at(middle) : (sorted.at(middle - 1) + sorted.at(middle)) / 2;
}

double Figure::least() const {
    return *std::min_element(samples.begin(), samples.end());
}
double Figure::most() const {
    return *std::max_element(samples.begin(), samples.end());
}

bool Figure::isMet() const {
    if (!bar) {
        return true;
    }
    switch (bar->kind) {
    case Bar::Kind::AtMost:
        return median() <= bar->value;
    case Bar::Kind::AtLeast:
        return median() >= bar->value;
    default:
        return median() < bar->value;
    }
}

const char* word(Bar::Kind kind) {
    return kind == Bar::Kind::AtMost ? "at most" : kind == Bar::Kind::AtLeast ? "at least" : "below";
}

std::string shown(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    std::string out = text;
    const auto point = std::min(out.find('.'), out.size());
    for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > (out[0] == '-' ? 1 : 0); at -= 3) {
        out.insert(static_cast<std::size_t>(at), " ");
    }
    return out;
}

} // namespace bench
