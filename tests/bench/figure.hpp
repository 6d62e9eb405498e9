#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

/// What a figure must not miss.
struct Bar {
    enum class Kind { AtMost, AtLeast, Below } kind;
    double value;
};

/// One measured figure: its samples over the rounds, and its bar when it has one. The median decides.
struct Figure {
    std::string name;
    std::string unit;
    int digits = 0; ///< after the decimal point
    std::vector<double> samples;
    std::optional<Bar> bar;

    double median() const;
    double least() const;
    double most() const;
    bool isMet() const; ///< true as well when there is no bar
};

/// "at most", "at least", "below".
const char* word(Bar::Kind kind);

/// A number with that many digits after the point, and spaces between thousands.
std::string shown(double value, int digits);

} // namespace bench
