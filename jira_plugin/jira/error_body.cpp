#include "error_body.hpp"

#include "json.hpp"

#include "mapping/text.hpp"

#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t maxPieceBytes = 400;

/// One line of readable text: foreign text goes into messages, logs, timelines and the database, which
/// refuses what is not UTF-8.
std::string tidy(const std::string& text) {
    std::string line = mapping::oneLine(text);
    if (line.size() > maxPieceBytes) {
        std::size_t end = maxPieceBytes;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) {
            --end; // not in the middle of a UTF-8 sequence
        }
        line.resize(end);
        line += "...";
    }
    return line;
}

void add(std::vector<std::string>& messages, const std::string& text) {
    const std::string line = tidy(text);
    if (!line.empty()) {
        messages.push_back(line);
    }
}

void addAll(std::vector<std::string>& messages, const Poco::JSON::Array::Ptr& array) {
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto element = json::objectAt(array, i);
        add(messages,
            element ? json::text(element, "key") : json::textOf(array->get(static_cast<unsigned>(i))));
    }
}

bool looksLikePage(const HttpResponse& response) {
    const std::string start = Poco::toLower(Poco::trimLeft(response.body.substr(0, 512)));
    return response.mediaType() == "text/html" || start.compare(0, 5, "<html") == 0 ||
           start.compare(0, 9, "<!doctype") == 0;
}

} // namespace

std::string ErrorBody::text() const {
    std::string all;
    const auto append = [&all](const std::string& piece) { all += (all.empty() ? "" : "; ") + piece; };
    for (const auto& message : messages) {
        append(message);
    }
    for (const auto& [field, words] : fields) {
        append(field + ": " + words);
    }
    return all;
}

ErrorBody readErrorObject(const Poco::JSON::Object::Ptr& object) {
    ErrorBody body;
    addAll(body.messages, json::array(object, "errorMessages"));
    addAll(body.messages, json::array(object, "messages"));
    if (const auto errors = json::object(object, "errors")) {
        for (const auto& [field, words] : *errors) {
            body.fields[tidy(field)] = tidy(json::textOf(words));
        }
    }
    for (const char* name : {"message", "detail", "error_description"}) {
        add(body.messages, json::text(object, name));
    }
    if (body.messages.empty() && body.fields.empty()) {
        add(body.messages, json::text(object, "title"));
        add(body.messages, json::text(object, "error"));
    }
    return body;
}

ErrorBody readErrorBody(const HttpResponse& response) {
    if (const auto object = json::parseObject(response.body)) {
        return readErrorObject(object);
    }
    ErrorBody body;
    body.isPage = looksLikePage(response);
    if (!body.isPage && response.mediaType() == "text/plain") {
        add(body.messages, response.body);
    }
    return body;
}

} // namespace jira_plugin::jira
