#include "world/adf_text.hpp"

#include <map>

#include <Poco/String.h>

#include "http/exchange.hpp"

namespace jira_sim {

namespace {

bool isSafeLink(const std::string& href) {
    for (const char* scheme : {"https://", "http://", "mailto:"})
        if (Poco::toLower(href).rfind(scheme, 0) == 0)
            return true;
    return false;
}

std::string attribute(const json::ObjectPtr& node, const std::string& name) {
    const json::Value value = json::member(json::asObject(json::member(node, "attrs")), name);
    return value.isEmpty() || json::isObject(value) || json::isArray(value) ? std::string()
                                                                            : value.convert<std::string>();
}

/// What an inline node other than text stands for.
std::string inlineText(const json::ObjectPtr& node, const std::string& type) {
    if (type == "mention" || type == "emoji" || type == "status") {
        const std::string text = attribute(node, "text");
        return !text.empty() ? text : attribute(node, type == "mention" ? "id" : "shortName");
    }
    if (type == "inlineCard" || type == "blockCard" || type == "embedCard")
        return attribute(node, "url");
    return type == "date" ? attribute(node, "timestamp") : std::string();
}

bool isInlineParent(const std::string& type) {
    return type == "paragraph" || type == "heading" || type == "codeBlock";
}

void collectText(const json::Value& value, std::string& out) {
    json::ObjectPtr node = json::asObject(value);
    if (node.isNull())
        return;
    const std::string type = json::memberString(node, "type");
    if (type == "text")
        out += json::memberString(node, "text");
    else if (type == "hardBreak")
        out += "\n";
    else
        out += inlineText(node, type);
    if (json::ArrayPtr content = json::asArray(json::member(node, "content")))
        for (const json::Value& child : *content)
            collectText(child, out);
    if (isInlineParent(type))
        out += "\n";
}

/// Wraps text into the elements of its marks, outermost last.
std::string marked(std::string html, const json::ArrayPtr& marks) {
    static const std::map<std::string, std::string> elements = {{"strong", "strong"}, {"em", "em"},
                                                                {"strike", "s"},      {"underline", "u"},
                                                                {"code", "code"},     {"subsup", "sub"}};
    if (marks.isNull())
        return html;
    for (const json::Value& item : *marks) {
        json::ObjectPtr mark = json::asObject(item);
        const std::string type = json::memberString(mark, "type");
        const std::string href = attribute(mark, "href");
        if (type == "link" && isSafeLink(href))
            html = "<a rel=\"noopener noreferrer\" href=\"" + htmlEscape(href) + "\">" + html + "</a>";
        const auto element = elements.find(type);
        if (element != elements.end())
            html = "<" + element->second + ">" + html + "</" + element->second + ">";
    }
    return html;
}

struct Element {
    const char* open;
    const char* close;
};

Element elementOf(const std::string& type) {
    static const std::map<std::string, Element> elements = {
        {"paragraph", {"<p>", "</p>"}},
        {"bulletList", {"<ul>", "</ul>"}},
        {"orderedList", {"<ol>", "</ol>"}},
        {"listItem", {"<li>", "</li>"}},
        {"blockquote", {"<blockquote>", "</blockquote>"}},
        {"codeBlock", {"<pre><code>", "</code></pre>"}},
        {"table", {"<table>", "</table>"}},
        {"tableRow", {"<tr>", "</tr>"}},
        {"tableCell", {"<td>", "</td>"}},
        {"tableHeader", {"<th>", "</th>"}},
        {"panel", {"<aside class=\"panel\">", "</aside>"}},
        {"expand", {"<section class=\"expand\">", "</section>"}},
    };
    const auto found = elements.find(type);
    return found == elements.end() ? Element{"", ""} : found->second;
}

void renderHtml(const json::Value& value, std::string& out) {
    json::ObjectPtr node = json::asObject(value);
    if (node.isNull())
        return;
    const std::string type = json::memberString(node, "type");
    if (type == "text") {
        out +=
            marked(htmlEscape(json::memberString(node, "text")), json::asArray(json::member(node, "marks")));
        return;
    }
    if (type == "hardBreak" || type == "rule") {
        out += type == "rule" ? "<hr>" : "<br>";
        return;
    }
    std::string open = elementOf(type).open, close = elementOf(type).close;
    if (type == "heading") {
        const std::string level = attribute(node, "level");
        const std::string tag = "h" + (level.size() == 1 && level[0] >= '1' && level[0] <= '6' ? level : "6");
        open = "<" + tag + ">", close = "</" + tag + ">";
    }
    out += open;
    if (type == "expand" && !attribute(node, "title").empty())
        out += "<strong>" + htmlEscape(attribute(node, "title")) + "</strong>";
    const std::string text = inlineText(node, type);
    if (!text.empty())
        out +=
            type == "status" ? "<span class=\"lozenge\">" + htmlEscape(text) + "</span>" : htmlEscape(text);
    if (json::ArrayPtr content = json::asArray(json::member(node, "content")))
        for (const json::Value& child : *content)
            renderHtml(child, out);
    out += close;
}

} // namespace

std::string adfText(const json::Value& document) {
    if (const auto wiki = json::asString(document))
        return *wiki;
    std::string text;
    collectText(document, text);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

std::string adfHtml(const json::Value& document) {
    if (const auto wiki = json::asString(document))
        return "<pre class=\"wiki\">" + htmlEscape(*wiki) + "</pre>";
    std::string html;
    renderHtml(document, html);
    return html;
}

json::ObjectPtr adfParagraph(const std::string& text) {
    json::ArrayPtr inlines = json::array();
    if (!text.empty())
        inlines->add(json::object({{"type", "text"}, {"text", text}}));
    const auto paragraph = json::object({{"type", "paragraph"}, {"content", inlines}});
    return json::object({{"type", "doc"}, {"version", 1}, {"content", json::array({paragraph})}});
}

} // namespace jira_sim
