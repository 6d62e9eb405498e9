#include "create_body.hpp"

#include "adf.hpp"
#include "errors.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "wiki_markup.hpp"

#include <map>

namespace jira_plugin::jira {
namespace {

using json::quoted;
using mapping::Block;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

/// An object with one member.
std::string single(const std::string& name, const std::string& value) {
    return "{\"" + name + "\":" + quoted(value) + "}";
}

void addParagraph(mapping::Document& plain, const std::string& text) {
    if (!text.empty()) {
        plain.blocks.push_back(Block());
        plain.blocks.back().spans.push_back({text, mapping::Span::Style::Plain, {}});
    }
}

std::string joined(const std::vector<mapping::Span>& spans) {
    std::string text;
    for (const auto& span : spans) {
        text += span.text;
        if (!span.href.empty() && span.href != span.text) {
            text += " (" + span.href + ")";
        }
    }
    return text;
}

/// The same words as paragraphs without any style.
mapping::Document plainDocument(const mapping::Document& document) {
    mapping::Document plain;
    for (const Block& block : document.blocks) {
        addParagraph(plain, joined(block.spans));
        addParagraph(plain, block.text);
        const bool facts = block.kind == Block::Kind::Facts;
        for (std::size_t i = 0; i < block.items.size(); ++i) {
            const bool pair = facts && i + 1 < block.items.size();
            addParagraph(plain, pair ? joined(block.items[i]) + ": " + joined(block.items[i + 1])
                                     : joined(block.items[i]));
            i += pair ? 1 : 0;
        }
    }
    return plain;
}

/// People by the name that Data Center knows them by: {"accountId": x} becomes {"name": x}, also in a list.
Var withNames(const Var& value) {
    if (value.type() == typeid(Array::Ptr)) {
        Array::Ptr list(new Array);
        for (const auto& element : *value.extract<Array::Ptr>()) {
            list->add(withNames(element));
        }
        return list;
    }
    if (value.type() == typeid(Object::Ptr) && value.extract<Object::Ptr>()->has("accountId")) {
        Object::Ptr person(new Object);
        person->set("name", value.extract<Object::Ptr>()->get("accountId"));
        return person;
    }
    return value;
}

/// The value as JSON text.
std::string extraValue(const mapping::TicketDraft& draft, const std::string& field, const std::string& text,
                       BodyStyle style) {
    const Var value = json::parse("[" + text + "]");
    const auto list = value.type() == typeid(Array::Ptr) ? value.extract<Array::Ptr>() : Array::Ptr();
    if (!list || list->size() != 1) {
        throw Refusal(0, "The value for the field " + field + " in Project mapping is not valid JSON.",
                      "Enter the value for " + field + " again in Project mapping.",
                      {{field, "not valid JSON"}});
    }
    if (style == BodyStyle::Wiki) {
        return json::write(withNames(list->get(0)));
    }
    if (draft.richTextFields.count(field) != 0 && list->get(0).isString()) {
        mapping::Document document;
        addParagraph(document, list->get(0).convert<std::string>());
        return toAdf(document);
    }
    return json::write(list->get(0));
}

std::string labelsOf(const mapping::TicketDraft& draft) {
    std::string elements;
    for (const auto& label : draft.labels) {
        json::appendElement(elements, quoted(label));
    }
    return "[" + elements + "]";
}

std::string descriptionOf(const mapping::Document& document, BodyStyle style) {
    if (style == BodyStyle::Wiki) {
        return quoted(toWikiMarkup(document, defaultWikiLimit));
    }
    return toAdf(style == BodyStyle::Rich ? document : plainDocument(document));
}

/// The fields as JSON text by their ids. Our own come last: they win over extra ones.
std::map<std::string, std::string> fieldsOf(const mapping::TicketDraft& draft, BodyStyle style) {
    std::map<std::string, std::string> fields;
    for (const auto& [field, text] : draft.extraFields) {
        fields[field] = extraValue(draft, field, text, style);
    }
    fields["project"] = single("id", draft.projectId);
    fields["issuetype"] = single("id", draft.issueTypeId);
    fields["summary"] = quoted(draft.summary);
    if (draft.description) {
        fields["description"] = descriptionOf(*draft.description, style);
    }
    if (draft.priorityId) {
        fields["priority"] = single("id", *draft.priorityId);
    }
    if (!draft.labels.empty()) {
        fields["labels"] = labelsOf(draft);
    }
    if (draft.assigneeId) {
        fields["assignee"] = single(style == BodyStyle::Wiki ? "name" : "accountId", *draft.assigneeId);
    }
    if (draft.dueDate) {
        fields["duedate"] = quoted(*draft.dueDate);
    }
    return fields;
}

} // namespace

std::string createBody(const mapping::TicketDraft& draft, BodyStyle style) {
    std::string members;
    for (const auto& [field, value] : fieldsOf(draft, style)) {
        json::appendElement(members, quoted(field) + ":" + value);
    }
    return "{\"fields\":{" + members + "}}";
}

std::string bulkCreateBody(const std::vector<mapping::TicketDraft>& drafts, BodyStyle style) {
    std::string body = "{\"issueUpdates\":[";
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        body += i == 0 ? "" : ",";
        body += createBody(drafts[i], style);
    }
    return body + "]}";
}

} // namespace jira_plugin::jira
