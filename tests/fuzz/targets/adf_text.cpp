#include "jira/adf_text.hpp"
#include "input.hpp"
#include "jira/json.hpp"
#include "jira/plain_text.hpp"
#include "target.hpp"

/// A comment or description of Jira Cloud, which people and apps write.
FUZZ_TARGET(adf_text) {
    using namespace jira_plugin::jira;
    const std::string text = textOfAdf(json::parse(std::string(input)));
    fuzz::require(text.size() <= plainTextLimit, "the text of a document is bounded");
    fuzz::require(fuzz::isPlainText(text), "the text of a document is plain");
}
