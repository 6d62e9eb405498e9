#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "screen.hpp"

namespace aspm::host::cli {

/// How many columns of a terminal a text takes: UTF-8, wide characters count twice, combining ones not at
/// all.
std::size_t displayWidth(std::string_view text);

/// The beginning of a text that fits, with an ellipsis where something is missing.
std::string cut(std::string_view text, std::size_t width);

/// On one line and harmless: control characters, among them those that steer terminals, become spaces; what
/// is not UTF-8 becomes a question mark.
std::string oneLine(std::string_view text);

/// Lines with aligned columns. On a terminal the widest shrinkable columns give way until a line fits.
class Table {
public:
    struct Column {
        std::string title;
        bool shrinks = false;
        bool alignsRight = false;
    };
    struct Cell {
        Cell(std::string_view content, Style look = Style::plain) : text(oneLine(content)), style(look) {}
        Cell(const std::string& content, Style look = Style::plain) : Cell(std::string_view(content), look) {}
        Cell(const char* content, Style look = Style::plain) : Cell(std::string_view(content), look) {}
        std::string text;
        Style style;
    };

    explicit Table(std::vector<Column> columns) : _columns(std::move(columns)) {}

    /// As many cells as there are columns.
    void add(std::vector<Cell> row) { _rows.push_back(std::move(row)); }
    bool isEmpty() const { return _rows.empty(); }

    void print(const Screen& screen) const;

private:
    std::vector<std::size_t> widths(std::size_t room) const;
    void printRow(const Screen& screen, const std::vector<Cell>& row,
                  const std::vector<std::size_t>& widths) const;

    std::vector<Column> _columns;
    std::vector<std::vector<Cell>> _rows;
};

/// Prints a text of several lines or more than one line's length, each line indented, broken between words.
void printWrapped(const Screen& screen, const std::string& text, std::size_t indent, Style style);

} // namespace aspm::host::cli
