#include "description.hpp"

#include "document_size.hpp"
#include "language.hpp"
#include "link.hpp"
#include "markdown.hpp"
#include "text.hpp"

#include <algorithm>
#include <cctype>

namespace jira_plugin::mapping {
namespace {

using Kind = Block::Kind;
using Style = Span::Style;

/// Nothing in a finding is read beyond that: twice what can be shown.
constexpr std::size_t maxSourceBytes = 262'144;
constexpr std::size_t maxFactUnits = 500;
constexpr std::size_t maxSnippetUnits = 8000;

Block textBlock(Kind kind, std::vector<Span> spans) {
    Block block;
    block.kind = kind;
    block.spans = std::move(spans);
    return block;
}

std::string bounded(const std::string& text) {
    return text.size() <= maxSourceBytes ? text : text.substr(0, maxSourceBytes);
}

/// Collects names and values for one Facts block; empty values are left out.
class Facts {
public:
    void add(const std::string& name, const std::string& value, Style style = Style::Plain,
             const std::string& href = {}) {
        const std::string text = cutText(oneLine(value), maxFactUnits);
        if (!text.empty())
            add(name, std::vector<Span>{{text, style, href}});
    }
    void add(const std::string& name, std::vector<Span> value) {
        _block.items.push_back({{name, Style::Strong, {}}});
        _block.items.push_back(std::move(value));
    }
    Block block() && {
        _block.kind = Kind::Facts;
        return std::move(_block);
    }

private:
    Block _block;
};

/// "CWE-120, CWE-121", each with a link to its entry.
std::vector<Span> cweSpans(const std::string& list) {
    std::vector<Span> spans;
    const std::string line = cutText(oneLine(list), maxFactUnits);
    for (std::size_t at = 0; at <= line.size();) {
        const auto comma = std::min(line.find(',', at), line.size());
        const std::string name = oneLine(line.substr(at, comma - at));
        at = comma + 1;
        if (name.empty())
            continue;
        const bool isNumbered = name.size() > 4 && name.size() <= 10 &&
                                lowerAscii(name.substr(0, 4)) == "cwe-" &&
                                name.find_first_not_of("0123456789", 4) == std::string::npos;
        if (!spans.empty())
            spans.push_back({", ", Style::Plain, {}});
        spans.push_back(
            {name, Style::Plain,
             isNumbered ? "https://cwe.mitre.org/data/definitions/" + name.substr(4) + ".html" : ""});
    }
    return spans;
}

std::string capitalised(std::string word) {
    if (!word.empty())
        word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    return word;
}

Block factsOf(const host::Finding& finding) {
    Facts facts;
    facts.add("Severity", capitalised(host::toString(finding.severity)), Style::Strong);
    const std::string line = finding.line > 0 ? ":" + std::to_string(finding.line) : "";
    if (!finding.filePath.empty())
        facts.add("Location", finding.filePath + line, Style::Code);
    facts.add("Project", finding.projectKey);
    facts.add("Scanner", finding.scanner);
    const std::string rule = finding.ruleName.empty() || finding.ruleName == finding.ruleId
                                 ? finding.ruleId
                                 : finding.ruleName + " (" + finding.ruleId + ")";
    facts.add("Rule", rule, Style::Plain, safeHref(finding.ruleHelpUrl).value_or(""));
    if (auto spans = cweSpans(finding.cwe); !spans.empty())
        facts.add("Weakness", std::move(spans));
    return std::move(facts).block();
}

/// Plain text: empty lines part paragraphs, other line breaks stay.
void addPlainText(const std::string& text, std::vector<Block>& blocks) {
    const std::string clean = cleanText(bounded(text));
    for (std::size_t at = 0; at < clean.size();) {
        const auto end = std::min(clean.find("\n\n", at), clean.size());
        std::string part = clean.substr(at, end - at);
        at = clean.find_first_not_of('\n', end);
        if (part.find_first_not_of(" \t\n") != std::string::npos)
            blocks.push_back(textBlock(Kind::Paragraph, {{std::move(part), Style::Plain, {}}}));
        if (at == std::string::npos)
            break;
    }
}

void addHeading(const std::string& text, std::vector<Block>& blocks) {
    blocks.push_back(textBlock(Kind::Heading, {{text, Style::Plain, {}}}));
}

void addSnippet(const host::Finding& finding, std::vector<Block>& blocks, bool& cut) {
    std::string code = cleanText(bounded(finding.snippet));
    code.erase(std::find_if(code.rbegin(), code.rend(), [](char c) { return c != '\n'; }).base(), code.end());
    if (code.empty())
        return;
    addHeading("Code", blocks);
    std::vector<Block> snippet(1);
    snippet[0].kind = Kind::CodeBlock;
    snippet[0].text = std::move(code);
    snippet[0].language = languageOf(finding.filePath);
    for (auto& part : fitBlocks(std::move(snippet), maxSnippetUnits, cut))
        blocks.push_back(std::move(part));
}

void addRuleHelp(const host::Finding& finding, std::vector<Block>& blocks) {
    std::vector<Block> help = readMarkdown(cleanText(bounded(finding.ruleHelp)));
    if (help.empty())
        return;
    addHeading("About this rule", blocks);
    for (auto& block : help) {
        if (block.kind == Kind::Heading)
            block.level = std::min(6, block.level + 3); // below our own
        blocks.push_back(std::move(block));
    }
}

std::vector<Block> closing(const host::Finding& finding) {
    const auto href = safeHref(finding.url);
    if (!href)
        return {};
    return {textBlock(Kind::Rule, {}),
            textBlock(Kind::Paragraph, {{"Open this finding in Mayo ASPM", Style::Strong, *href}})};
}

Block cutNotice(const host::Finding& finding) {
    const char* rest = safeHref(finding.url)
                           ? "Shortened to what fits in a Jira field; the finding's page has the rest."
                           : "Shortened to what fits in a Jira field.";
    return textBlock(Kind::Paragraph, {{rest, Style::Emphasis, {}}});
}

std::string plainSpans(const std::vector<Span>& spans) {
    std::string text;
    for (const auto& span : spans)
        text += span.href.empty() || span.href == span.text ? span.text : span.text + " <" + span.href + ">";
    return text;
}

std::string plainBlock(const Block& block) {
    std::string text = block.kind == Kind::CodeBlock ? block.text : plainSpans(block.spans);
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        const bool isFactValue = block.kind == Kind::Facts && i % 2 == 1;
        text += isFactValue ? ": " : text.empty() ? "" : "\n";
        text += (block.kind == Kind::Facts ? "" : "- ") + plainSpans(block.items[i]);
    }
    return text;
}

} // namespace

Document describe(const host::Finding& finding) {
    bool cut = false;
    std::vector<Block> body;
    body.push_back(factsOf(finding));
    addPlainText(finding.description, body);
    addSnippet(finding, body, cut);
    addRuleHelp(finding, body);

    std::vector<Block> end = closing(finding);
    std::size_t reserved = blockUnits(cutNotice(finding));
    for (const auto& block : end)
        reserved += blockUnits(block);
    Document document{fitBlocks(std::move(body), maxDescriptionUnits - reserved, cut)};
    if (cut)
        document.blocks.push_back(cutNotice(finding));
    std::move(end.begin(), end.end(), std::back_inserter(document.blocks));
    return document;
}

Document plainDescription(const Document& document) {
    Document plain;
    for (const auto& block : document.blocks)
        if (std::string text = plainBlock(block); !text.empty())
            plain.blocks.push_back(textBlock(Kind::Paragraph, {{std::move(text), Style::Plain, {}}}));
    return plain;
}

std::size_t documentUnits(const Document& document) {
    std::size_t units = 0;
    for (const auto& block : document.blocks)
        units += blockUnits(block);
    return units;
}

} // namespace jira_plugin::mapping
