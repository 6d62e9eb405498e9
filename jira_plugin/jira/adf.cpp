#include "adf.hpp"

#include "json_writing.hpp"
#include "mapping/link.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <cctype>

/// Nodes are JSON text, their members in alphabetical order.
namespace jira_plugin::jira {
namespace {

using json::appendElement;
using json::quoted;
using mapping::Block;
using mapping::Span;

/// content, attributes: JSON text; empty for a node without them. content is the elements, without brackets.
std::string node(const char* type, const std::string& content, const std::string& attributes = {}) {
    std::string text = "{";
    if (!attributes.empty())
        text += "\"attrs\":{" + attributes + "},";
    return text + "\"content\":[" + content + "],\"type\":\"" + type + "\"}";
}

std::string leaf(const char* type) {
    return std::string(R"({"type":")") + type + "\"}";
}

std::string marksOf(const Span& span) {
    std::string marks;
    if (span.style == Span::Style::Code)
        marks = leaf("code");
    else if (span.style == Span::Style::Strong)
        marks = leaf("strong");
    else if (span.style == Span::Style::Emphasis)
        marks = leaf("em");
    if (const auto href = mapping::safeHref(span.href, true))
        appendElement(marks, R"({"attrs":{"href":)" + quoted(*href) + R"(},"type":"link"})");
    return marks;
}

void addText(std::string_view text, const std::string& marks, std::string& out) {
    if (text.empty())
        return;
    appendElement(out, "{");
    if (!marks.empty())
        out += "\"marks\":[" + marks + "],";
    out += "\"text\":";
    json::appendQuoted(out, text);
    out += R"(,"type":"text"})";
}

/// Text nodes; line breaks inside the text become hardBreak nodes.
std::string inlineNodes(const std::vector<Span>& spans) {
    std::string out;
    for (const auto& span : spans) {
        const std::string text = mapping::cleanText(span.text);
        const std::string marks = marksOf(span);
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            addText(std::string_view(text).substr(at, end - at), marks, out);
            if (end < text.size())
                appendElement(out, leaf("hardBreak"));
            at = end + 1;
        }
    }
    return out;
}

std::string paragraph(const std::vector<Span>& spans) {
    return node("paragraph", inlineNodes(spans));
}

std::string heading(const Block& block) {
    return node("heading", inlineNodes(block.spans),
                "\"level\":" + std::to_string(std::clamp(block.level, 1, 6)));
}

/// Only what can be a language's name: it comes from rule help that strangers wrote.
std::string languageName(const std::string& text) {
    const auto isAllowed = [](unsigned char c) {
        return std::isalnum(c) || c == '+' || c == '#' || c == '-';
    };
    const bool isName = text.size() <= 40 && std::all_of(text.begin(), text.end(), isAllowed);
    return isName ? mapping::lowerAscii(text) : std::string{};
}

std::string codeBlock(const Block& block) {
    std::string content;
    addText(mapping::cleanText(block.text), {}, content);
    const std::string language = languageName(block.language);
    return node("codeBlock", content, language.empty() ? "" : "\"language\":" + quoted(language));
}

std::string list(const char* type, const Block& block) {
    std::string items;
    for (const auto& item : block.items)
        appendElement(items, node("listItem", paragraph(item)));
    return node(type, items);
}

/// A table of two columns, the names as row headers.
std::string facts(const Block& block) {
    std::string rows;
    for (std::size_t i = 0; i < block.items.size(); i += 2) {
        std::string cells = node("tableHeader", paragraph(block.items[i]));
        appendElement(cells, node("tableCell", paragraph(i + 1 < block.items.size() ? block.items[i + 1]
                                                                                    : std::vector<Span>{})));
        appendElement(rows, node("tableRow", cells));
    }
    return node("table", rows);
}

/// Nothing for a list or table without content, which the schema does not allow.
std::string blockNode(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Paragraph:
        return paragraph(block.spans);
    case Block::Kind::Heading:
        return heading(block);
    case Block::Kind::CodeBlock:
        return codeBlock(block);
    case Block::Kind::BulletList:
        return block.items.empty() ? "" : list("bulletList", block);
    case Block::Kind::OrderedList:
        return block.items.empty() ? "" : list("orderedList", block);
    case Block::Kind::Quote:
        return node("blockquote", paragraph(block.spans));
    case Block::Kind::Rule:
        return leaf("rule");
    case Block::Kind::Facts:
        return block.items.empty() ? "" : facts(block);
    }
    return {};
}

} // namespace

std::string toAdf(const mapping::Document& document) {
    std::string content;
    for (const auto& block : document.blocks)
        if (const std::string text = blockNode(block); !text.empty())
            appendElement(content, text);
    return "{\"content\":[" + content + R"(],"type":"doc","version":1})";
}

} // namespace jira_plugin::jira
