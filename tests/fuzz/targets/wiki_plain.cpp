#include "jira/wiki_plain.hpp"
#include "input.hpp"
#include "jira/plain_text.hpp"
#include "target.hpp"

/// A comment or description of Jira Data Center.
FUZZ_TARGET(wiki_plain) {
    using namespace jira_plugin::jira;
    const std::string text = textOfWiki(std::string(input));
    fuzz::require(text.size() <= plainTextLimit, "the text of markup is bounded");
    fuzz::require(fuzz::isPlainText(text), "the text of markup is plain");
}
