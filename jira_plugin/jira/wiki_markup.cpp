#include "wiki_markup.hpp"

#include "wiki_text.hpp"

#include "mapping/document_size.hpp"
#include "mapping/link.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace jira_plugin::jira {
namespace {

using mapping::Block;
using mapping::Span;
using Kind = Block::Kind;
using Style = Span::Style;

constexpr const char* zeroWidth = "\xE2\x80\x8B";
constexpr const char* blockSpace = "\n\n";
/// Less of a block helps nobody.
constexpr std::size_t leastUsefulUnits = 500;

/// Our names of languages and Jira's. What Jira 8.0 does not know it would answer with an error on the page,
/// and without a language it would colour Java.
constexpr std::array<std::pair<std::string_view, const char*>, 30> languages{{
    {"bash", "bash"},     {"c", "c"},           {"c#", "c#"},
    {"c++", "c++"},       {"cpp", "c++"},       {"cs", "c#"},
    {"csharp", "c#"},     {"css", "css"},       {"erlang", "erlang"},
    {"go", "go"},         {"groovy", "groovy"}, {"haskell", "haskell"},
    {"html", "html"},     {"java", "java"},     {"javascript", "javascript"},
    {"js", "javascript"}, {"json", "json"},     {"jsx", "javascript"},
    {"lua", "lua"},       {"perl", "perl"},     {"php", "php"},
    {"py", "python"},     {"python", "python"}, {"ruby", "ruby"},
    {"scala", "scala"},   {"sh", "bash"},       {"shell", "bash"},
    {"sql", "sql"},       {"xml", "xml"},       {"yaml", "yaml"},
}};

/// An address that cannot end a link or begin an image.
std::string linkAddress(std::string href) {
    const auto replace = [&href](char c, const char* code) {
        for (std::size_t at = href.find(c); at != std::string::npos; at = href.find(c, at + 3))
            href.replace(at, 1, code);
    };
    replace('[', "%5B");
    replace(']', "%5D");
    replace('!', "%21");
    return href;
}

/// Whether a delimiter beside this byte could be taken for a part of a word. Letters beyond ASCII count.
bool joins(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// [text|address]. It is not known which escapes hold inside, so a text that needs some stands before the
/// link.
std::string link(const std::string& text, const std::string& href, WikiPlace place) {
    const std::string alias = mapping::oneLine(text);
    const std::string address = linkAddress(href);
    if (alias.empty() || alias == href)
        return "[" + address + "]";
    const std::string literal = wikiLiteral(alias, place);
    const bool isPlain = literal == alias && joins(alias.front()) && alias.find('|') == std::string::npos;
    return isPlain ? "[" + alias + "|" + address + "]" : literal + " [" + address + "]";
}

/// The spans of one paragraph, item or cell.
class InlineWriter {
public:
    explicit InlineWriter(WikiPlace place) : _place(place) {}

    std::string write(const std::vector<Span>& spans) {
        const std::vector<Span> joined = join(spans);
        for (std::size_t i = 0; i < joined.size(); ++i)
            add(joined[i], i + 1 < joined.size() ? joined[i + 1].text : std::string{});
        return std::move(_out);
    }

private:
    /// Neighbours of the same kind as one, so that what spans both is seen.
    static std::vector<Span> join(const std::vector<Span>& spans) {
        std::vector<Span> joined;
        for (const auto& span : spans) {
            const bool same = !joined.empty() && joined.back().href.empty() && span.href.empty() &&
                              joined.back().style == span.style;
            if (same)
                joined.back().text += span.text;
            else
                joined.push_back(span);
        }
        return joined;
    }

    void add(const Span& span, const std::string& next) {
        const std::string text = mapping::cleanText(span.text);
        if (const auto href = mapping::safeHref(span.href, true))
            return addStyled(span.style, link(text, *href, place()), next);
        // Blanks at the ends stay outside of the marks, which would not be seen as such beside them.
        const std::size_t first = std::min(text.find_first_not_of(" \t\n"), text.size());
        const std::size_t last = text.find_last_not_of(" \t\n") + 1;
        if (span.style == Style::Plain || first == text.size())
            return addBare(wikiLiteral(text, place()));
        addBare(wikiLiteral(text.substr(0, first), place()));
        addStyled(span.style, wikiLiteral(text.substr(first, last - first), place()),
                  last < text.size() ? text.substr(last) : next);
        addBare(wikiLiteral(text.substr(last), place()));
    }

    /// Marks hold within a line only, and not around zero-width spaces; without them the text is still there.
    void addStyled(Style style, const std::string& inner, const std::string& next) {
        const bool inWord = (!_out.empty() && joins(_out.back())) || (!next.empty() && joins(next.front()));
        const bool fits = inner.find('\n') == std::string::npos && inner.find(zeroWidth) == std::string::npos;
        if (style == Style::Code && fits && !inWord && inner.find_first_of("{}") == std::string::npos)
            addMarked("{{" + inner + "}}");
        else if ((style == Style::Strong || style == Style::Emphasis) && fits)
            addMarked(marked(style == Style::Strong ? "*" : "_", inner, inWord));
        else if (inner.front() == '[')
            addMarked(inner);
        else
            addBare(inner);
    }

    /// Two texts that were escaped apart are kept apart: together they could mean something.
    void addBare(const std::string& text) {
        if (text.empty())
            return;
        const bool touches = _endsBare && !isBlank(_out.back()) && !isBlank(text.front());
        _out += (touches ? zeroWidth : "") + text;
        _endsBare = true;
    }

    void addMarked(const std::string& text) {
        _out += text;
        _endsBare = false;
    }

    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

    static std::string marked(const std::string& mark, const std::string& inner, bool inWord) {
        const std::string delimiter = inWord ? "{" + mark + "}" : mark;
        return delimiter + inner + delimiter;
    }

    WikiPlace place() const {
        WikiPlace here = _place;
        here.lineStart =
            _out.find_last_not_of(" \t") == std::string::npos || _out[_out.find_last_not_of(" \t")] == '\n';
        return here;
    }

    WikiPlace _place;
    std::string _out;
    bool _endsBare = false;
};

std::string inlineText(const std::vector<Span>& spans, WikiPlace place) {
    return InlineWriter(place).write(spans);
}

std::string oneLined(const std::vector<Span>& spans, bool inTable = false) {
    return inlineText(spans, {false, inTable, true});
}

std::string codeBlock(const Block& block) {
    const std::string text = wikiVerbatim(block.text);
    if (text.empty())
        return {};
    const auto known = std::find_if(languages.begin(), languages.end(),
                                    [name = mapping::lowerAscii(block.language)](const auto& language) {
                                        return language.first == name;
                                    });
    if (known == languages.end())
        return "{noformat}\n" + text + "\n{noformat}";
    return std::string("{code:") + known->second + "}\n" + text + "\n{code}";
}

std::string list(const char* mark, const Block& block) {
    std::string text;
    for (const auto& item : block.items)
        text += (text.empty() ? "" : "\n") + std::string(mark) + " " + oneLined(item);
    return text;
}

/// A cell in one line. An escaped '|' at its end would make one mark of the '|' that ends the cell.
std::string cell(const std::vector<Span>& spans) {
    const std::string text = oneLined(spans, true);
    return text.empty() || text.back() == '|' ? text + " " : text;
}

/// A name is a header by its place, so its style says nothing more.
std::string headerCell(std::vector<Span> spans) {
    for (auto& span : spans)
        span.style = Style::Plain;
    return cell(spans);
}

std::string facts(const Block& block) {
    std::string text;
    for (std::size_t i = 0; i < block.items.size(); i += 2) {
        const std::string value = i + 1 < block.items.size() ? cell(block.items[i + 1]) : " ";
        text += (text.empty() ? "||" : "\n||") + headerCell(block.items[i]) + "|" + value + "|";
    }
    return text;
}

bool isBlankText(const std::string& text) {
    return text.find_first_not_of(" \t\n") == std::string::npos;
}

std::string heading(const Block& block) {
    const std::string text = oneLined(block.spans);
    return isBlankText(text) ? "" : "h" + std::to_string(std::clamp(block.level, 1, 6)) + ". " + text;
}

std::string paragraph(const Block& block) {
    std::string text = inlineText(block.spans, {});
    return isBlankText(text) ? std::string{} : text;
}

std::string quote(const Block& block) {
    const std::string text = paragraph(block);
    return text.empty() ? "" : "{quote}\n" + text + "\n{quote}";
}

/// Empty for a block without content.
std::string blockText(const Block& block) {
    switch (block.kind) {
    case Kind::Paragraph:
        return paragraph(block);
    case Kind::Heading:
        return heading(block);
    case Kind::CodeBlock:
        return codeBlock(block);
    case Kind::BulletList:
        return list("*", block);
    case Kind::OrderedList:
        return list("#", block);
    case Kind::Quote:
        return quote(block);
    case Kind::Rule:
        return "----";
    case Kind::Facts:
        return facts(block);
    }
    return {};
}

void append(std::string& markup, const std::string& text) {
    if (!text.empty())
        markup += (markup.empty() ? "" : blockSpace) + text;
}

std::string write(std::vector<Block>::const_iterator from, std::vector<Block>::const_iterator to) {
    std::string markup;
    for (; from != to; ++from)
        append(markup, blockText(*from));
    return markup;
}

/// As much of a block as is at most `limit` long once it is written; empty when that is too little to be of
/// use.
std::string cutBlockText(const Block& block, std::size_t limit) {
    for (std::size_t source = limit; source >= leastUsefulUnits; source = source * 3 / 4) {
        bool cut = false;
        const std::vector<Block> part = mapping::fitBlocks({block}, source, cut);
        const std::string text = write(part.begin(), part.end());
        if (mapping::utf16Length(text) <= limit)
            return text;
    }
    return {};
}

/// Where the closing rule begins; the end when the document has none.
std::vector<Block>::const_iterator closingOf(const std::vector<Block>& blocks) {
    const std::size_t tail = std::min<std::size_t>(blocks.size(), 2);
    return std::find_if(blocks.end() - static_cast<std::ptrdiff_t>(tail), blocks.end(),
                        [](const Block& block) { return block.kind == Kind::Rule; });
}

std::string writeWithin(const std::vector<Block>& blocks, std::vector<Block>::const_iterator end,
                        std::size_t limit) {
    std::string markup;
    std::size_t left = limit;
    std::string heldBack; // a heading waits for what it stands above
    for (auto block = blocks.begin(); block != end; ++block) {
        std::string text = heldBack.empty() ? "" : heldBack + blockSpace;
        const std::size_t used = mapping::utf16Length(text) + 2;
        const std::string full = blockText(*block);
        const bool fits = used + mapping::utf16Length(full) <= left;
        if (fits && block->kind == Kind::Heading) {
            heldBack = text + full;
            continue;
        }
        const std::string part = fits ? full : left > used ? cutBlockText(*block, left - used) : "";
        if (!part.empty()) {
            append(markup, text + part);
            left -= used + mapping::utf16Length(part);
        }
        if (!fits)
            break;
        heldBack.clear();
    }
    return markup;
}

} // namespace

std::string toWikiMarkup(const mapping::Document& document) {
    return write(document.blocks.begin(), document.blocks.end());
}

std::string toWikiMarkup(const mapping::Document& document, std::size_t limit) {
    std::string full = toWikiMarkup(document);
    if (limit == 0 || mapping::utf16Length(full) <= limit)
        return full;
    const auto closing = closingOf(document.blocks);
    std::string end = "_Shortened to what fits in this Jira field._";
    append(end, write(closing, document.blocks.end()));
    const std::size_t reserved = mapping::utf16Length(end) + 2;
    if (reserved > limit)
        return writeWithin(document.blocks, closing, limit);
    std::string markup = writeWithin(document.blocks, closing, limit - reserved);
    append(markup, end);
    return markup;
}

} // namespace jira_plugin::jira
