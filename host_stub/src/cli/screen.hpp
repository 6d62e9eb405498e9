#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace aspm::host::cli {

enum class Style { plain, bold, dim, good, warning, bad };

/// Where a command writes for people: how wide it is and whether it shows colours.
struct Screen {
    std::ostream& out;
    std::size_t width = 0; ///< 0: not a terminal, nothing is cut
    bool colours = false;

    /// Standard output. Colours only on a terminal, and not when NO_COLOR is set or TERM is "dumb".
    static Screen ofStdout();

    /// text, in colour where there are colours.
    std::string styled(const std::string& text, Style style) const;
};

/// The style for a severity, a push state or an alert level; plain for other words.
Style styleOf(const std::string& word);

/// A moment as people read it, in UTC: 2026-01-31 09:00:00.
std::string timeText(long long ms);

/// "1 finding", "2 findings".
std::string counted(std::size_t count, const std::string& one, const std::string& many);

} // namespace aspm::host::cli
