#pragma once

#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// A run of text inside a block. Text is literal: no markup in it means anything.
struct Span {
    enum class Style { Plain, Strong, Emphasis, Code };
    std::string text;
    Style style = Style::Plain;
    std::string href; ///< http, https or mailto; empty: no link
};

/// A block of a ticket's description.
struct Block {
    enum class Kind { Paragraph, Heading, CodeBlock, BulletList, OrderedList, Quote, Rule, Facts };
    Kind kind = Kind::Paragraph;
    std::vector<Span> spans; ///< Paragraph, Heading, Quote
    int level = 3;           ///< Heading, 1 to 6
    std::string text;        ///< CodeBlock
    std::string language;    ///< CodeBlock; may be empty
    std::vector<std::vector<Span>>
        items; ///< lists: one element per item; Facts: name, value, name, value, ...
};

/// A description independent of the way Jira wants it written: ADF on Cloud, wiki markup on Data Center.
struct Document {
    std::vector<Block> blocks;
};

} // namespace jira_plugin::mapping
