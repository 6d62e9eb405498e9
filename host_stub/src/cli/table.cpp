#include "table.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

namespace aspm::host::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t leastWidth = 8; ///< a column that shrinks keeps this much
constexpr char32_t damaged = 0xFFFFFFFF;

/// Takes one character off the front of text; what it was in bytes goes to `bytes`.
char32_t nextCharacter(std::string_view& text, std::string_view& bytes) {
    auto lead = static_cast<unsigned char>(text[0]);
    std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    char32_t value = size == 1 ? lead : size == 0 ? damaged : lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size && value != damaged; ++i) {
        auto next = i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
        value = (next & 0xC0u) == 0x80u ? (value << 6u) | (next & 0x3Fu) : damaged;
    }
    bytes = text.substr(0, value == damaged ? 1 : size);
    text.remove_prefix(bytes.size());
    return value;
}

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t N> bool isIn(const Range (&ranges)[N], char32_t c) {
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// Unicode's East Asian wide characters and emoji, by block.
bool isWide(char32_t c) {
    static const Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                                 {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                 {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                 {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    return isIn(wide, c);
}

/// Marks that stand on the character before, and joiners.
bool takesNoRoom(char32_t c) {
    static const Range none[] = {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D},
                                 {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
    return isIn(none, c);
}

/// C0, C1, and what turns the direction of text around.
bool isControl(char32_t c) {
    static const Range control[] = {
        {0x00, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};
    return isIn(control, c);
}

std::size_t widthOf(char32_t c) {
    return takesNoRoom(c) ? 0 : isWide(c) ? 2 : 1;
}

} // namespace

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    std::string_view bytes;
    while (!text.empty())
        width += widthOf(nextCharacter(text, bytes));
    return width;
}

std::string cut(std::string_view text, std::size_t width) {
    if (displayWidth(text) <= width)
        return std::string(text);
    if (width == 0)
        return "";
    std::string out;
    std::size_t used = 1; // the ellipsis
    std::string_view bytes;
    while (!text.empty()) {
        used += widthOf(nextCharacter(text, bytes));
        if (used > width)
            break;
        out += bytes;
    }
    return out + "…";
}

std::string oneLine(std::string_view text) {
    std::string out;
    std::string_view bytes;
    while (!text.empty()) {
        char32_t c = nextCharacter(text, bytes);
        if (c == damaged)
            out += '?';
        else if (isControl(c))
            out += ' ';
        else
            out += bytes;
    }
    return out;
}

std::vector<std::size_t> Table::widths(std::size_t room) const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < _columns.size(); ++i) {
        std::size_t widest = displayWidth(_columns[i].title);
        for (const auto& row : _rows)
            widest = std::max(widest, displayWidth(row[i].text));
        widths.push_back(widest);
    }
    std::size_t total = gap * (_columns.size() - 1);
    for (std::size_t width : widths)
        total += width;
    for (; room != 0 && total > room; --total) {
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (_columns[i].shrinks && widths[i] > leastWidth && (!widest || widths[i] > *widest))
                widest = &widths[i];
        if (!widest)
            break; // then lines are longer than the terminal: better than hiding more
        --*widest;
    }
    return widths;
}

void Table::print(const Screen& screen) const {
    std::vector<std::size_t> all = widths(screen.width);
    std::vector<Cell> titles;
    for (const Column& column : _columns)
        titles.emplace_back(column.title, Style::bold);
    printRow(screen, titles, all);
    for (const auto& row : _rows)
        printRow(screen, row, all);
}

void Table::printRow(const Screen& screen, const std::vector<Cell>& row,
                     const std::vector<std::size_t>& widths) const {
    std::string line;
    std::size_t blanks = 0; // written only before text: no line ends in spaces
    for (std::size_t i = 0; i < row.size(); ++i) {
        std::string text = cut(row[i].text, widths[i]);
        std::size_t rest = widths[i] - displayWidth(text);
        if (_columns[i].alignsRight)
            blanks += rest;
        if (!text.empty()) {
            line += std::string(blanks, ' ') + screen.styled(text, row[i].style);
            blanks = 0;
        }
        blanks += gap + (_columns[i].alignsRight ? 0 : rest);
    }
    screen.out << line << '\n';
}

void printWrapped(const Screen& screen, const std::string& text, std::size_t indent, Style style) {
    std::size_t room = screen.width > indent + leastWidth ? screen.width - indent : 0;
    std::istringstream lines(text);
    for (std::string source; std::getline(lines, source);) {
        std::istringstream words(oneLine(source));
        std::string line;
        for (std::string word; words >> word;) {
            if (room != 0 && !line.empty() && displayWidth(line) + 1 + displayWidth(word) > room) {
                screen.out << std::string(indent, ' ') << screen.styled(line, style) << '\n';
                line.clear();
            }
            line += (line.empty() ? "" : " ") + word;
        }
        if (!line.empty())
            screen.out << std::string(indent, ' ') << screen.styled(line, style) << '\n';
    }
}

} // namespace aspm::host::cli
