#include "markdown.hpp"

#include "markdown_inline.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace jira_plugin::mapping {
namespace {

using Kind = Block::Kind;
constexpr auto npos = std::string_view::npos;

std::string_view trimLeft(std::string_view line) {
    const auto begin = line.find_first_not_of(" \t");
    return begin == npos ? std::string_view{} : line.substr(begin);
}

std::string_view trim(std::string_view line) {
    line = trimLeft(line);
    const auto end = line.find_last_not_of(" \t");
    return end == npos ? std::string_view{} : line.substr(0, end + 1);
}

std::vector<std::string_view> splitLines(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool consistsOf(std::string_view line, char c, std::size_t atLeast) {
    return line.size() >= atLeast && line.find_first_not_of(c) == npos;
}

/// Level of an ATX heading; 0 when the line is none.
int headingLevel(std::string_view line) {
    line = trimLeft(line);
    const auto level = std::min(line.find_first_not_of('#'), line.size());
    const bool isHeading = level >= 1 && level <= 6 && level < line.size() && line[level] == ' ';
    return isHeading ? static_cast<int>(level) : 0;
}

std::size_t fenceWidth(std::string_view line, char& mark) {
    line = trimLeft(line);
    if (line.empty() || (line[0] != '`' && line[0] != '~'))
        return 0;
    mark = line[0];
    const auto width = std::min(line.find_first_not_of(mark), line.size());
    const bool isInlineCode = mark == '`' && line.find('`', width) != npos;
    return width >= 3 && !isInlineCode ? width : 0;
}

bool isRule(std::string_view line) {
    std::string marks(line);
    marks.erase(std::remove(marks.begin(), marks.end(), ' '), marks.end());
    return consistsOf(marks, '-', 3) || consistsOf(marks, '*', 3) || consistsOf(marks, '_', 3);
}

/// Where an item's text begins behind its bullet or number; 0 when the line begins no item.
std::size_t itemStart(std::string_view line, Kind& kind) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    std::size_t at = begin;
    if (at < line.size() && std::string_view("-*+").find(line[at]) != npos) {
        kind = Kind::BulletList;
        ++at;
    } else {
        while (at < line.size() && at - begin < 9 && std::isdigit(static_cast<unsigned char>(line[at])))
            ++at;
        if (at == begin || at >= line.size() || (line[at] != '.' && line[at] != ')'))
            return 0;
        kind = Kind::OrderedList;
        ++at;
    }
    return at < line.size() && (line[at] == ' ' || line[at] == '\t') ? at + 1 : 0;
}

class MarkdownReader {
public:
    explicit MarkdownReader(const std::string& text) : _lines(splitLines(text)) {}

    std::vector<Block> read() {
        while (_at < _lines.size()) {
            if (trim(_lines[_at]).empty())
                ++_at;
            else if (!fence() && !heading() && !rule() && !quote() && !list() && !table())
                paragraph();
        }
        return std::move(_blocks);
    }

private:
    bool startsOtherBlock(std::string_view line) const {
        char mark = 0;
        Kind kind = Kind::Paragraph;
        const std::string_view text = trimLeft(line);
        return text.empty() || headingLevel(line) > 0 || fenceWidth(line, mark) > 0 || isRule(line) ||
               text[0] == '>' || text[0] == '|' || itemStart(line, kind) > 0;
    }

    void addText(Kind kind, std::string_view text, int level = 3) {
        Block block;
        block.kind = kind;
        block.level = level;
        block.spans = readInline(text);
        _blocks.push_back(std::move(block));
    }

    void addCode(std::string text, std::string_view language) {
        Block block;
        block.kind = Kind::CodeBlock;
        block.text = std::move(text);
        block.language = std::string(language);
        _blocks.push_back(std::move(block));
    }

    bool fence() {
        char mark = 0;
        const std::size_t width = fenceWidth(_lines[_at], mark);
        if (width == 0)
            return false;
        const std::string_view info = trim(trimLeft(_lines[_at]).substr(width));
        const std::size_t indent = std::min(_lines[_at].find(mark), _lines[_at].size());
        std::string code;
        for (++_at; _at < _lines.size(); ++_at) {
            const std::string_view line = _lines[_at];
            if (const auto closing = trim(line); consistsOf(closing, mark, width)) {
                ++_at;
                break;
            }
            const auto shift = std::min({line.find_first_not_of(' '), indent, line.size()});
            code.append(line.substr(shift)).push_back('\n');
        }
        if (!code.empty())
            code.pop_back();
        addCode(std::move(code), info.substr(0, info.find_first_of(" \t{")));
        return true;
    }

    bool heading() {
        const int level = headingLevel(_lines[_at]);
        if (level == 0)
            return false;
        std::string_view text = trim(trimLeft(_lines[_at]).substr(static_cast<std::size_t>(level)));
        const auto end = text.find_last_not_of('#');
        if (end != npos && end + 1 < text.size() && text[end] == ' ')
            text = trim(text.substr(0, end));
        addText(Kind::Heading, text, level);
        ++_at;
        return true;
    }

    bool rule() {
        if (!isRule(_lines[_at]))
            return false;
        Block block;
        block.kind = Kind::Rule;
        _blocks.push_back(std::move(block));
        ++_at;
        return true;
    }

    bool quote() {
        const std::size_t begin = _at;
        std::string text;
        for (; _at < _lines.size(); ++_at) {
            const std::string_view line = trimLeft(_lines[_at]);
            if (line.empty() || line[0] != '>')
                break;
            text.append(text.empty() ? "" : " ").append(trim(line.substr(1)));
        }
        if (!text.empty())
            addText(Kind::Quote, text);
        return _at > begin;
    }

    bool list() {
        Block block;
        if (itemStart(_lines[_at], block.kind) == 0)
            return false;
        while (_at < _lines.size()) {
            Kind kind = block.kind;
            const std::size_t start = itemStart(_lines[_at], kind);
            if (start == 0 || kind != block.kind || isRule(_lines[_at]))
                break;
            std::string text(trim(_lines[_at].substr(start)));
            for (++_at; _at < _lines.size() && !startsOtherBlock(_lines[_at]); ++_at)
                text.append(" ").append(trim(_lines[_at]));
            block.items.push_back(readInline(text));
            skipBlankBeforeItem(block.kind);
        }
        if (block.items.empty())
            return false;
        _blocks.push_back(std::move(block));
        return true;
    }

    /// A blank line between two items does not end a list.
    void skipBlankBeforeItem(Kind wanted) {
        std::size_t next = _at;
        while (next < _lines.size() && trim(_lines[next]).empty())
            ++next;
        Kind kind = wanted;
        if (next > _at && next < _lines.size() && itemStart(_lines[next], kind) > 0 && kind == wanted)
            _at = next;
    }

    bool table() {
        if (trimLeft(_lines[_at])[0] != '|')
            return false;
        std::string text;
        for (; _at < _lines.size(); ++_at) {
            const std::string_view line = trim(_lines[_at]);
            if (line.empty() || line[0] != '|')
                break;
            text.append(text.empty() ? "" : "\n").append(line);
        }
        addCode(std::move(text), {});
        return true;
    }

    void paragraph() {
        std::string text(trim(_lines[_at++]));
        while (_at < _lines.size()) {
            const std::string_view line = trim(_lines[_at]);
            if (consistsOf(line, '=', 2) || consistsOf(line, '-', 2)) {
                addText(Kind::Heading, text, line[0] == '=' ? 1 : 2);
                ++_at;
                return;
            }
            if (startsOtherBlock(line))
                break;
            text.append(" ").append(line);
            ++_at;
        }
        addText(Kind::Paragraph, text);
    }

    std::vector<std::string_view> _lines;
    std::size_t _at = 0;
    std::vector<Block> _blocks;
};

} // namespace

std::vector<Block> readMarkdown(const std::string& text) {
    return MarkdownReader(text).read();
}

} // namespace jira_plugin::mapping
