#include "create_body.hpp"

#include "adf.hpp"
#include "errors.hpp"
#include "json.hpp"

namespace jira_plugin::jira {
namespace {

using mapping::Block;
using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr single(const std::string& name, const std::string& value) {
    Object::Ptr object(new Object);
    object->set(name, value);
    return object;
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

Poco::Dynamic::Var extraValue(const mapping::TicketDraft& draft, const std::string& field,
                              const std::string& text) {
    const Poco::Dynamic::Var value = json::parse("[" + text + "]");
    const auto list = value.type() == typeid(Array::Ptr) ? value.extract<Array::Ptr>() : Array::Ptr();
    if (!list || list->size() != 1) {
        throw Refusal(0, "The value for the field " + field + " in Project mapping is not valid JSON.",
                      "Enter the value for " + field + " again in Project mapping.",
                      {{field, "not valid JSON"}});
    }
    if (draft.richTextFields.count(field) != 0 && list->get(0).isString()) {
        mapping::Document document;
        addParagraph(document, list->get(0).convert<std::string>());
        return toAdf(document);
    }
    return list->get(0);
}

Object::Ptr fieldsOf(const mapping::TicketDraft& draft, DescriptionStyle style) {
    Object::Ptr fields(new Object);
    for (const auto& [field, text] : draft.extraFields) {
        fields->set(field, extraValue(draft, field, text));
    }
    fields->set("project", single("id", draft.projectId));
    fields->set("issuetype", single("id", draft.issueTypeId));
    fields->set("summary", draft.summary);
    if (draft.description) {
        fields->set(
            "description",
            toAdf(style == DescriptionStyle::Rich ? *draft.description : plainDocument(*draft.description)));
    }
    if (draft.priorityId) {
        fields->set("priority", single("id", *draft.priorityId));
    }
    if (!draft.labels.empty()) {
        Array::Ptr labels(new Array);
        for (const auto& label : draft.labels) {
            labels->add(label);
        }
        fields->set("labels", labels);
    }
    if (draft.assigneeId) {
        fields->set("assignee", single("accountId", *draft.assigneeId));
    }
    if (draft.dueDate) {
        fields->set("duedate", *draft.dueDate);
    }
    return fields;
}

} // namespace

std::string createBody(const mapping::TicketDraft& draft, DescriptionStyle style) {
    Object::Ptr body(new Object);
    body->set("fields", fieldsOf(draft, style));
    return json::write(body);
}

std::string bulkCreateBody(const std::vector<mapping::TicketDraft>& drafts) {
    std::string body = "{\"issueUpdates\":[";
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        body += (i == 0 ? "" : ",") + createBody(drafts[i]);
    }
    return body + "]}";
}

} // namespace jira_plugin::jira
