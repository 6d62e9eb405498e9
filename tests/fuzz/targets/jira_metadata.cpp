#include "jira/create_meta_document.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "jira/read_metadata.hpp"
#include "jira/read_webhook.hpp"
#include "target.hpp"

namespace {

using namespace jira_plugin::jira;

template <class T>
void readPages(const Poco::JSON::Object::Ptr& page, T (*read)(const Poco::JSON::Object::Ptr&)) {
    for (const std::int64_t startAt : {0, 50}) {
        const auto next = readPage<T>(page, {"values", "issueTypes", "fields"}, startAt, read).next;
        fuzz::require(next == -1 || next > startAt, "pages lead onwards");
    }
}

} // namespace

/// What Jira says of itself: its version, projects, issue types, fields, workflows and webhooks.
FUZZ_TARGET(jira_metadata) {
    const auto object = json::parseObject(std::string(input));
    readServerInfo(object);
    readTypeStatuses(object);
    readPages(object, readProject);
    readPages(object, readIssueType);
    readPages(object, readField);
    readPages(object, readStatus);
    try {
        issueTypesIn(object, "PAY");
        createScreenIn(object, "PAY");
    } catch (const Refusal&) {
        // The document lacks the project.
    }
    withIds({readWebhook(object)});
    wordsOf(json::array(object, "errors"));
}
