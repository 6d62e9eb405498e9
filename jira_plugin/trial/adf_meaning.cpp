#include "adf_meaning.hpp"

#include "jira/json.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace jira_plugin::trial {
namespace {

namespace json = jira::json;
using Poco::JSON::Object;

/// The attributes that change what a reader sees; everything else is an id, a default or a matter of layout.
const std::set<std::string> meaningful{"level", "language", "href", "url",       "order",
                                       "text",  "state",    "id",   "panelType", "title"};

bool isDefault(const std::string& name, const std::string& value) {
    return value.empty() || (name == "order" && value == "1");
}

std::string attributesOf(const Object::Ptr& node) {
    std::map<std::string, std::string> kept; // sorted: the order of members means nothing
    if (const auto attributes = json::object(node, "attrs"))
        for (const auto& [name, value] : *attributes)
            if (const std::string text = json::textOf(value);
                meaningful.count(name) != 0 && !isDefault(name, text))
                kept[name] = text;
    std::string all;
    for (const auto& [name, value] : kept)
        all += " " + name + "=" + std::to_string(value.size()) + ":" + value;
    return all;
}

std::string marksOf(const Object::Ptr& node) {
    std::set<std::string> marks; // their order means nothing either
    const auto list = json::array(node, "marks");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto mark = json::objectAt(list, i);
        marks.insert(json::text(mark, "type") + attributesOf(mark));
    }
    std::string all;
    for (const auto& mark : marks)
        all += "[" + mark + "]";
    return all;
}

std::string meaning(const Object::Ptr& node);

/// Children, with neighbouring text of one style as one run.
std::vector<std::string> childrenOf(const Object::Ptr& node) {
    std::vector<std::string> children;
    std::string style;
    std::string run;
    const auto endRun = [&] {
        if (!run.empty())
            children.push_back("text" + style + " " + std::to_string(run.size()) + ":" + run);
        run.clear();
    };
    const auto content = json::array(node, "content");
    for (std::size_t i = 0; content && i < content->size(); ++i) {
        const auto child = json::objectAt(content, i);
        if (json::text(child, "type") != "text") {
            endRun();
            children.push_back(meaning(child));
            continue;
        }
        if (const std::string marks = marksOf(child); marks != style) {
            endRun();
            style = marks;
        }
        run += json::text(child, "text");
    }
    endRun();
    return children;
}

std::string meaning(const Object::Ptr& node) {
    auto children = childrenOf(node);
    if (json::text(node, "type") == "doc")
        while (!children.empty() && children.back() == "paragraph()")
            children.pop_back(); // the editor's empty last line
    std::string all = json::text(node, "type") + attributesOf(node) + "(";
    for (const auto& child : children)
        all += child + ",";
    if (!children.empty())
        all.pop_back();
    return all + ")";
}

bool isBlockOfText(const std::string& type) {
    return type == "paragraph" || type == "heading" || type == "codeBlock" || type == "tableRow";
}

void appendText(const Object::Ptr& node, std::string& out) {
    const std::string type = json::text(node, "type");
    if (type == "text")
        out += json::text(node, "text");
    else if (type == "hardBreak")
        out += "\n";
    const auto content = json::array(node, "content");
    for (std::size_t i = 0; content && i < content->size(); ++i)
        appendText(json::objectAt(content, i), out);
    if (isBlockOfText(type) && !out.empty() && out.back() != '\n')
        out += "\n";
}

} // namespace

bool isDocument(const Object::Ptr& value) {
    return json::text(value, "type") == "doc" && json::array(value, "content");
}

bool sameDocument(const Object::Ptr& one, const Object::Ptr& other) {
    return meaning(one) == meaning(other);
}

std::string documentText(const Object::Ptr& document) {
    std::string text;
    appendText(document, text);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

} // namespace jira_plugin::trial
