#include "adf.hpp"

#include "mapping/link.hpp"
#include "mapping/text.hpp"

#include <Poco/JSON/Array.h>

#include <algorithm>
#include <cctype>

namespace jira_plugin::jira {
namespace {

using mapping::Block;
using mapping::Span;
using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr node(const char* type) {
    Object::Ptr object = new Object;
    object->set("type", type);
    return object;
}

Object::Ptr node(const char* type, const Array::Ptr& content) {
    Object::Ptr object = node(type);
    object->set("content", content);
    return object;
}

Array::Ptr only(const Object::Ptr& element) {
    Array::Ptr array = new Array;
    array->add(element);
    return array;
}

Object::Ptr link(const std::string& href) {
    Object::Ptr attributes = new Object;
    attributes->set("href", href);
    Object::Ptr mark = node("link");
    mark->set("attrs", attributes);
    return mark;
}

Array::Ptr marksOf(const Span& span) {
    Array::Ptr marks = new Array;
    if (span.style == Span::Style::Code)
        marks->add(node("code"));
    else if (span.style == Span::Style::Strong)
        marks->add(node("strong"));
    else if (span.style == Span::Style::Emphasis)
        marks->add(node("em"));
    if (const auto href = mapping::safeHref(span.href, true))
        marks->add(link(*href));
    return marks;
}

void addText(const std::string& text, const Span& span, Array& out) {
    if (text.empty())
        return;
    Object::Ptr object = node("text");
    object->set("text", text);
    if (const Array::Ptr marks = marksOf(span); marks->size() > 0)
        object->set("marks", marks);
    out.add(object);
}

/// Text nodes; line breaks inside the text become hardBreak nodes.
Array::Ptr inlineNodes(const std::vector<Span>& spans) {
    Array::Ptr out = new Array;
    for (const auto& span : spans) {
        const std::string text = mapping::cleanText(span.text);
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            addText(text.substr(at, end - at), span, *out);
            if (end < text.size())
                out->add(node("hardBreak"));
            at = end + 1;
        }
    }
    return out;
}

Object::Ptr paragraph(const std::vector<Span>& spans) {
    return node("paragraph", inlineNodes(spans));
}

Object::Ptr heading(const Block& block) {
    Object::Ptr attributes = new Object;
    attributes->set("level", std::clamp(block.level, 1, 6));
    Object::Ptr object = node("heading", inlineNodes(block.spans));
    object->set("attrs", attributes);
    return object;
}

/// Only what can be a language's name: it comes from rule help that strangers wrote.
std::string languageName(const std::string& text) {
    const auto isAllowed = [](unsigned char c) {
        return std::isalnum(c) || c == '+' || c == '#' || c == '-';
    };
    const bool isName = text.size() <= 40 && std::all_of(text.begin(), text.end(), isAllowed);
    return isName ? mapping::lowerAscii(text) : std::string{};
}

Object::Ptr codeBlock(const Block& block) {
    Array::Ptr content = new Array;
    addText(mapping::cleanText(block.text), {}, *content);
    Object::Ptr object = node("codeBlock", content);
    if (const std::string language = languageName(block.language); !language.empty()) {
        Object::Ptr attributes = new Object;
        attributes->set("language", language);
        object->set("attrs", attributes);
    }
    return object;
}

Object::Ptr list(const char* type, const Block& block) {
    Array::Ptr items = new Array;
    for (const auto& item : block.items)
        items->add(node("listItem", only(paragraph(item))));
    return node(type, items);
}

/// A table of two columns, the names as row headers.
Object::Ptr facts(const Block& block) {
    Array::Ptr rows = new Array;
    for (std::size_t i = 0; i < block.items.size(); i += 2) {
        Array::Ptr cells = new Array;
        cells->add(node("tableHeader", only(paragraph(block.items[i]))));
        cells->add(node("tableCell", only(paragraph(i + 1 < block.items.size() ? block.items[i + 1]
                                                                               : std::vector<Span>{}))));
        rows->add(node("tableRow", cells));
    }
    return node("table", rows);
}

/// Nothing for a list or table without content, which the schema does not allow.
Object::Ptr blockNode(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Paragraph:
        return paragraph(block.spans);
    case Block::Kind::Heading:
        return heading(block);
    case Block::Kind::CodeBlock:
        return codeBlock(block);
    case Block::Kind::BulletList:
        return block.items.empty() ? nullptr : list("bulletList", block);
    case Block::Kind::OrderedList:
        return block.items.empty() ? nullptr : list("orderedList", block);
    case Block::Kind::Quote:
        return node("blockquote", only(paragraph(block.spans)));
    case Block::Kind::Rule:
        return node("rule");
    case Block::Kind::Facts:
        return block.items.empty() ? nullptr : facts(block);
    }
    return nullptr;
}

} // namespace

Object::Ptr toAdf(const mapping::Document& document) {
    Array::Ptr content = new Array;
    for (const auto& block : document.blocks)
        if (const Object::Ptr object = blockNode(block))
            content->add(object);
    Object::Ptr root = node("doc", content);
    root->set("version", 1);
    return root;
}

} // namespace jira_plugin::jira
