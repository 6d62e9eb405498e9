#pragma once

#include <stdexcept>
#include <string>
#include <vector>

/// Tables as text with separators (RFC 4180), also as spreadsheets write them. Pure.
namespace jira_plugin::settings {

struct CsvRow {
    int line = 0; ///< where it begins, from 1
    std::vector<std::string> cells;
};

/// The text is no table; the message names the line.
class CsvProblem : public std::runtime_error {
public:
    CsvProblem(int line, const std::string& message)
        : std::runtime_error("Line " + std::to_string(line) + ": " + message) {}
};

/// The rows that are not blank. The separator is the one of comma, semicolon and tab that the first line has
/// most of, or the one that a first line "sep=;" names. A byte order mark is skipped; lines end in CR LF, LF
/// or CR; quoted cells may hold separators, line breaks and doubled quotes. Throws CsvProblem.
std::vector<CsvRow> readCsv(const std::string& text);

/// One row with commas and CR LF.
std::string csvLine(const std::vector<std::string>& cells);

/// Spreadsheets run cells that begin with = + - @ as formulas: such a cell gets an apostrophe before it, and
/// loses it again when it is read.
std::string guardedCell(const std::string& cell);
std::string unguardedCell(const std::string& cell);

} // namespace jira_plugin::settings
