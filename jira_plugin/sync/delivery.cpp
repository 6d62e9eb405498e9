#include "delivery.hpp"

#include "jira/jira_time.hpp"
#include "json_reader.hpp"
#include "mapping/text.hpp"

#include <algorithm>

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace jira_plugin::sync {
namespace {

constexpr std::size_t longestId = 32;
constexpr std::size_t longestText = 200;
constexpr std::size_t mostWebhookIds = 100;

bool begins(const std::string& text, std::string_view with) {
    return text.compare(0, with.size(), with) == 0;
}

bool isNumber(const std::string& text) {
    return !text.empty() && text.size() <= longestId &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
}

bool isEventName(const std::string& text) {
    return !text.empty() && text.size() <= longestText && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
               c == '_' || c == '-' || c == '.';
    });
}

/// The number after /issue/ in a link such as .../rest/api/2/issue/10013/comment/10082.
std::string issueIdIn(const std::string& link) {
    constexpr std::string_view before = "/issue/";
    const auto at = link.find(before);
    if (at == std::string::npos)
        return {};
    const auto begin = at + before.size();
    const std::string id = link.substr(begin, link.find('/', begin) - begin);
    return isNumber(id) ? id : std::string();
}

std::string hostIn(const std::string& link) {
    try {
        const Poco::URI uri(link);
        const bool usual = (uri.getScheme() == "https" && uri.getPort() == 443) ||
                           (uri.getScheme() == "http" && uri.getPort() == 80);
        return uri.getHost().empty()
                   ? std::string()
                   : mapping::lowerAscii(uri.getHost()) + (usual ? "" : ":" + std::to_string(uri.getPort()));
    } catch (const Poco::Exception&) {
        return {};
    }
}

/// An id as Jira makes them; anything else is none.
std::string readId(JsonReader& json) {
    const std::string id = json.text();
    return isNumber(id) ? id : std::string();
}

std::int64_t readMilliseconds(JsonReader& json) {
    constexpr std::size_t mostDigits = 18;
    const std::string digits = json.text();
    return isNumber(digits) && digits.size() <= mostDigits ? std::stoll(digits) : 0;
}

std::string readUser(JsonReader& json) {
    std::string displayName, name;
    json.object([&](std::string_view member) {
        if (member == "displayName")
            displayName = json.text();
        else if (member == "name")
            name = json.text();
        else
            json.skip();
    });
    return mapping::cutText(mapping::oneLine(displayName.empty() ? name : displayName), longestText);
}

/// A delivery as it is being read; what names who did it and where may stand in several places.
struct Reading {
    Delivery delivery;
    std::string type; ///< issue_event_type_name
    bool hasComment = false;
    std::string issueLink, commentLink, otherLink;
    std::string user, updateAuthor, author;
};

// The labels that mark our tickets begin so.
bool readMark(JsonReader& json) {
    bool isMarked = false;
    json.array([&] {
        if (begins(json.text(), "aspm-"))
            isMarked = true;
    });
    return isMarked;
}

void readIssue(JsonReader& json, Reading& reading) {
    json.object([&](std::string_view member) {
        if (member == "id")
            reading.delivery.issueId = readId(json);
        else if (member == "self")
            reading.issueLink = json.text();
        else if (member == "fields")
            json.object([&](std::string_view field) {
                if (field == "updated")
                    reading.delivery.issueUpdatedMs = jira::timeFromJira(json.text());
                else if (field == "labels")
                    reading.delivery.carriesMark = readMark(json);
                else
                    json.skip();
            });
        else
            json.skip();
    });
}

void readComment(JsonReader& json, Reading& reading) {
    json.object([&](std::string_view member) {
        reading.hasComment = true;
        if (member == "id")
            reading.delivery.commentId = readId(json);
        else if (member == "self")
            reading.commentLink = json.text();
        else if (member == "updateAuthor")
            reading.updateAuthor = readUser(json);
        else if (member == "author")
            reading.author = readUser(json);
        else
            json.skip();
    });
}

bool readNamesStatus(JsonReader& json) {
    bool namesStatus = false;
    json.array([&] {
        json.object([&](std::string_view member) {
            if (member != "field")
                json.skip();
            else if (mapping::lowerAscii(json.text()) == "status")
                namesStatus = true;
        });
    });
    return namesStatus;
}

void readChangelog(JsonReader& json, Delivery& delivery) {
    json.object([&](std::string_view member) {
        if (member == "id")
            delivery.changelogId = readId(json);
        else if (member == "items")
            delivery.changesStatus = readNamesStatus(json);
        else
            json.skip();
    });
}

// What events of entity properties hold is not documented: both shapes that make sense are read.
void readProperty(JsonReader& json, Reading& reading) {
    json.object([&](std::string_view member) {
        if (member == "key")
            reading.delivery.propertyKey = json.text();
        else if (member == "value")
            reading.delivery.propertyValue = json.raw();
        else if (member == "self")
            reading.otherLink = json.text();
        else
            json.skip();
    });
}

void readWebhookIds(JsonReader& json, std::vector<std::string>& ids) {
    json.array([&] {
        std::string id = json.text();
        if (ids.size() < mostWebhookIds)
            ids.push_back(std::move(id));
    });
}

void readMember(JsonReader& json, std::string_view member, Reading& reading) {
    Delivery& delivery = reading.delivery;
    if (member == "webhookEvent")
        delivery.event = json.text();
    else if (member == "issue_event_type_name")
        reading.type = json.text();
    else if (member == "timestamp")
        delivery.atMs = readMilliseconds(json);
    else if (member == "issue")
        readIssue(json, reading);
    else if (member == "comment")
        readComment(json, reading);
    else if (member == "changelog")
        readChangelog(json, delivery);
    else if (member == "user")
        reading.user = readUser(json);
    else if (member == "matchedWebhookIds")
        readWebhookIds(json, delivery.webhookIds);
    else if (member == "property")
        readProperty(json, reading);
    else if (member == "propertyKey")
        delivery.propertyKey = json.text();
    else if (member == "value")
        delivery.propertyValue = json.raw();
    else if (member == "self")
        reading.otherLink = json.text();
    else
        json.skip();
}

// Comments come as events of their own, and on Data Center also (deleted ones without the comment) as changes
// of the issue. Old versions leave issue_event_type_name out.
bool isAboutComments(const Reading& reading) {
    return reading.hasComment || begins(reading.delivery.event, "comment_") ||
           begins(reading.type, "issue_comment");
}

Delivery concluded(Reading reading) {
    Delivery& delivery = reading.delivery;
    for (const std::string* link : {&reading.issueLink, &reading.commentLink, &reading.otherLink}) {
        if (delivery.issueId.empty())
            delivery.issueId = issueIdIn(*link);
        if (delivery.siteHost.empty() && !link->empty())
            delivery.siteHost = hostIn(*link);
    }
    for (const std::string* name : {&reading.user, &reading.updateAuthor, &reading.author})
        if (delivery.actor.empty())
            delivery.actor = *name;
    delivery.concernsComments = isAboutComments(reading);
    delivery.isDeletion = delivery.event == "jira:issue_deleted";
    delivery.isCreation = delivery.event == "jira:issue_created";
    return std::move(delivery);
}

} // namespace

std::optional<Delivery> parseDelivery(std::string_view body) {
    JsonReader json(body);
    Reading reading;
    json.object([&](std::string_view member) { readMember(json, member, reading); });
    if (!json.isGoodToTheEnd() || !isEventName(reading.delivery.event))
        return std::nullopt;
    return concluded(std::move(reading));
}

} // namespace jira_plugin::sync
