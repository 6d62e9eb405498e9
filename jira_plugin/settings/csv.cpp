#include "csv.hpp"

#include "mapping/text.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

const std::string byteOrderMark = "\xEF\xBB\xBF";

void requireUtf8(const std::string& text) {
    int line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = mapping::decodeAt(text, at);
        const bool isBroken = decoded.character == 0xFFFD && decoded.length == 1;
        if (isBroken || decoded.character == 0)
            throw CsvProblem(line, "The file is not UTF-8 text. In a spreadsheet, save it as \"CSV UTF-8\".");
        line += decoded.character == '\n' ? 1 : 0;
        at += decoded.length;
    }
}

char separatorOf(const std::string& firstLine) {
    if (firstLine.size() == 5 && mapping::lowerAscii(firstLine.substr(0, 4)) == "sep=")
        return firstLine[4];
    const auto count = [&](char c) { return std::count(firstLine.begin(), firstLine.end(), c); };
    char best = ',';
    for (const char each : {';', '\t'})
        if (count(each) > count(best))
            best = each;
    return best;
}

/// Walks over the text once; every function leaves the position behind what it read.
class Reader {
public:
    explicit Reader(const std::string& text) : _text(text) {
        if (_text.compare(0, byteOrderMark.size(), byteOrderMark) == 0)
            _at = byteOrderMark.size();
        const std::string first = _text.substr(_at, _text.find_first_of("\r\n", _at) - _at);
        _separator = separatorOf(first);
        if (mapping::lowerAscii(first.substr(0, 4)) == "sep=" && first.size() == 5) {
            _at += first.size();
            lineBreak();
        }
    }

    std::vector<CsvRow> rows() {
        std::vector<CsvRow> rows;
        while (_at < _text.size()) {
            CsvRow next = row();
            const bool isBlank = std::all_of(next.cells.begin(), next.cells.end(),
                                             [](const auto& cell) { return mapping::oneLine(cell).empty(); });
            if (!isBlank)
                rows.push_back(std::move(next));
        }
        return rows;
    }

private:
    bool isAtLineBreak() const { return _text[_at] == '\r' || _text[_at] == '\n'; }

    void lineBreak() {
        if (_at >= _text.size() || !isAtLineBreak())
            return;
        _at += _text.compare(_at, 2, "\r\n") == 0 ? 2 : 1;
        ++_line;
    }

    CsvRow row() {
        CsvRow row;
        row.line = _line;
        row.cells.push_back(cell());
        while (_at < _text.size() && _text[_at] == _separator) {
            ++_at;
            row.cells.push_back(cell());
        }
        lineBreak();
        return row;
    }

    std::string cell() {
        if (_at < _text.size() && _text[_at] == '"')
            return quoted();
        const auto begin = _at;
        while (_at < _text.size() && _text[_at] != _separator && !isAtLineBreak())
            ++_at;
        return _text.substr(begin, _at - begin);
    }

    std::string quoted() {
        const int begin = _line;
        std::string cell;
        for (++_at; _at < _text.size();) {
            if (isAtLineBreak()) {
                lineBreak();
                cell += '\n';
                continue;
            }
            const char c = _text[_at++];
            if (c != '"') {
                cell += c;
            } else if (_at < _text.size() && _text[_at] == '"') {
                cell += _text[_at++];
            } else {
                requireEndOfCell();
                return cell;
            }
        }
        throw CsvProblem(begin, "The quotation mark that opens a cell here is never closed.");
    }

    void requireEndOfCell() const {
        if (_at < _text.size() && _text[_at] != _separator && !isAtLineBreak())
            throw CsvProblem(_line, "There is text behind the quotation mark that closes a cell. Quotation "
                                    "marks inside of a cell are written twice.");
    }

    const std::string& _text;
    std::size_t _at = 0;
    int _line = 1;
    char _separator = ',';
};

/// Whether a spreadsheet would run it, with any apostrophes before it.
bool isFormula(const std::string& cell) {
    const auto first = cell.find_first_not_of('\'');
    return first != std::string::npos && std::string("=+-@\t\r").find(cell[first]) != std::string::npos;
}

} // namespace

std::vector<CsvRow> readCsv(const std::string& text) {
    requireUtf8(text);
    return Reader(text).rows();
}

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        line += i == 0 ? "" : ",";
        if (cells[i].find_first_of(",;\t\"\r\n") == std::string::npos) {
            line += cells[i];
            continue;
        }
        line += '"';
        for (const char c : cells[i])
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

std::string guardedCell(const std::string& cell) {
    return isFormula(cell) ? "'" + cell : cell;
}

std::string unguardedCell(const std::string& cell) {
    return cell.size() > 1 && cell.front() == '\'' && isFormula(cell) ? cell.substr(1) : cell;
}

} // namespace jira_plugin::settings
