#include "jira/wiki_text.hpp"
#include "mapping/text.hpp"
#include "target.hpp"
#include "wiki_reader.hpp"

/// Any text, written so that Jira's wiki renderer shows it as it is.
FUZZ_TARGET(wiki_literal) {
    const std::string text = jira_plugin::mapping::cleanText(input);
    const auto read = wiki::read(jira_plugin::jira::wikiLiteral(text));
    fuzz::require(read.effects.empty(), "nothing in a text is markup");
}
