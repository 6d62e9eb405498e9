#include "outward_comment.hpp"

#include "mapping/link.hpp"
#include "mapping/text.hpp"

namespace jira_plugin::sync {
namespace {

using mapping::Block;
using mapping::Span;

constexpr std::size_t mostNameUnits = 200;
constexpr std::size_t mostReasonUnits = 2000;

std::string nameOf(const std::string& who) {
    if (who == "scan")
        return "a scan";
    if (who == "policy")
        return "a policy";
    return mapping::cutText(mapping::oneLine(who), mostNameUnits);
}

std::string fromTo(const std::string& oldValue, const std::string& newValue) {
    return "from " + oldValue + " to " + newValue;
}

Block paragraph(std::vector<Span> spans) {
    Block block;
    block.spans = std::move(spans);
    return block;
}

Block linkTo(const host::Finding& finding, Occasion occasion) {
    const auto href = mapping::safeHref(finding.url);
    if (!href || occasion == Occasion::Deleted)
        return paragraph({{"Finding " + finding.id + " in Mayo ASPM", Span::Style::Plain, {}}});
    return paragraph({{"Open this finding in Mayo ASPM", Span::Style::Plain, *href}});
}

std::string othersOpen(std::size_t count) {
    return count == 1
               ? "The ticket stays open: another finding of it is still open."
               : "The ticket stays open: " + std::to_string(count) + " other findings of it are still open.";
}

} // namespace

std::string sentenceOf(Occasion occasion, const std::string& who, const std::string& oldValue,
                       const std::string& newValue) {
    const std::string by = who.empty() ? "." : " by " + nameOf(who) + ".";
    switch (occasion) {
    case Occasion::ResolvedByScan:
        return "Resolved: the scanner no longer reports this finding.";
    case Occasion::Resolved:
        return "Resolved" + by;
    case Occasion::Accepted:
        return "Risk accepted" + by;
    case Occasion::FalsePositive:
        return "Marked as a false positive" + by;
    case Occasion::Reopened:
        return "Reopened" + by;
    case Occasion::SeverityChanged:
        return "Severity changed " + fromTo(oldValue, newValue) + by;
    case Occasion::DueDateChanged:
        return "Due date changed " + fromTo(oldValue, newValue) + by;
    case Occasion::Deleted:
        return "Deleted" + by;
    }
    return "";
}

mapping::Document commentOn(const host::Finding& finding, const Told& told) {
    mapping::Document comment;
    std::vector<Span> first{
        {"Mayo ASPM: ", Span::Style::Plain, {}},
        {sentenceOf(told.occasion, told.who, told.oldValue, told.newValue), Span::Style::Strong, {}}};
    comment.blocks.push_back(paragraph(std::move(first)));
    if (told.isShared)
        comment.blocks.push_back(
            paragraph({{"Finding: ", Span::Style::Plain, {}},
                       {mapping::cutText(mapping::oneLine(finding.title), mostNameUnits), {}, {}}}));
    if (!told.why.empty())
        comment.blocks.push_back(
            paragraph({{"Reason: ", Span::Style::Plain, {}},
                       {mapping::cutText(mapping::oneLine(told.why), mostReasonUnits), {}, {}}}));
    if (told.occasion == Occasion::Deleted)
        comment.blocks.push_back(
            paragraph({{"This ticket is no longer kept in step with Mayo ASPM.", Span::Style::Plain, {}}}));
    if (told.othersOpen > 0)
        comment.blocks.push_back(paragraph({{othersOpen(told.othersOpen), Span::Style::Plain, {}}}));
    if (!told.unmoved.empty())
        comment.blocks.push_back(paragraph({{told.unmoved, Span::Style::Plain, {}}}));
    comment.blocks.push_back(linkTo(finding, told.occasion));
    return comment;
}

} // namespace jira_plugin::sync
