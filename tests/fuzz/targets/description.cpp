#include "mapping/description.hpp"
#include "adf_shape.hpp"
#include "input.hpp"
#include "jira/adf.hpp"
#include "jira/wiki_markup.hpp"
#include "mapping/labels.hpp"
#include "mapping/summary.hpp"
#include "target.hpp"

/// A finding as a scanner tells it, on its way into a ticket: title, file, address of the rule's page and
/// snippet on a line each, then the rule's help, which is Markdown.
FUZZ_TARGET(description) {
    using namespace jira_plugin;
    host::Finding finding;
    finding.title = fuzz::takeLine(input);
    finding.filePath = fuzz::takeLine(input);
    finding.ruleHelpUrl = fuzz::takeLine(input);
    finding.snippet = fuzz::takeLine(input);
    finding.ruleHelp = std::string(input);
    finding.description = finding.title + "\n" + finding.ruleHelp;
    finding.url = "https://aspm.example/findings/1";

    const mapping::Document document = mapping::describe(finding);
    fuzz::require(mapping::documentUnits(document) <= mapping::maxDescriptionUnits, "a description fits");
    fuzz::require(fuzz::hasAdfShape(jira::toAdf(document)), "a description has the shape that Jira takes");
    fuzz::require(fuzz::hasAdfShape(jira::toAdf(mapping::plainDescription(document))),
                  "a plain description has the shape that Jira takes");
    fuzz::require(fuzz::isPlainText(jira::toWikiMarkup(document, 4000)), "markup is text");
}
