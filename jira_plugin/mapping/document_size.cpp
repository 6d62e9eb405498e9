#include "document_size.hpp"

#include "text.hpp"

namespace jira_plugin::mapping {
namespace {

/// A shorter beginning than that helps nobody.
constexpr std::size_t leastUsefulUnits = 500;

std::size_t spanUnits(const std::vector<Span>& spans) {
    std::size_t units = 0;
    for (const auto& span : spans)
        units += utf16Length(span.text) + span.href.size();
    return units;
}

/// The text's beginning, ending where a line (or at least a word) ends when one does so near the limit.
std::string cutAtBorder(const std::string& text, std::size_t limit) {
    std::string cut = cutText(text, limit);
    for (const char border : {'\n', ' '}) {
        const auto at = cut.rfind(border);
        if (at != std::string::npos && at > cut.size() - cut.size() / 4)
            return cut.substr(0, at) + (border == '\n' ? "\n" : " ") + "\xE2\x80\xA6";
    }
    return cut;
}

bool isCuttable(const Block& block) {
    return block.kind == Block::Kind::CodeBlock || block.kind == Block::Kind::Paragraph;
}

Block cutBlock(Block block, std::size_t limit) {
    if (block.kind == Block::Kind::CodeBlock) {
        block.text = cutAtBorder(block.text, limit);
        return block;
    }
    std::size_t left = limit;
    std::vector<Span> spans;
    for (auto& span : block.spans) {
        const std::size_t units = utf16Length(span.text) + span.href.size();
        if (units > left) {
            if (span.href.empty() && left > 1)
                spans.push_back({cutAtBorder(span.text, left), span.style, {}});
            break;
        }
        left -= units;
        spans.push_back(std::move(span));
    }
    block.spans = std::move(spans);
    return block;
}

} // namespace

std::size_t blockUnits(const Block& block) {
    std::size_t units = 2 + spanUnits(block.spans) + utf16Length(block.text) + block.language.size();
    for (const auto& item : block.items)
        units += 2 + spanUnits(item);
    return units;
}

std::vector<Block> fitBlocks(std::vector<Block> blocks, std::size_t limit, bool& cut) {
    std::vector<Block> fitting;
    std::size_t left = limit;
    for (auto& block : blocks) {
        const std::size_t units = blockUnits(block);
        if (units <= left) {
            left -= units;
            fitting.push_back(std::move(block));
            continue;
        }
        cut = true;
        if (isCuttable(block) && left >= leastUsefulUnits && units > limit / 4)
            fitting.push_back(cutBlock(std::move(block), left - 4));
        break;
    }
    // A heading with nothing below it promises text that was cut.
    while (cut && !fitting.empty() && fitting.back().kind == Block::Kind::Heading)
        fitting.pop_back();
    return fitting;
}

} // namespace jira_plugin::mapping
