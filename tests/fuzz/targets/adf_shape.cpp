#include "adf_shape.hpp"

#include "jira/json.hpp"

#include <map>
#include <set>

namespace fuzz {
namespace {

using jira_plugin::jira::json::array;
using jira_plugin::jira::json::object;
using jira_plugin::jira::json::objectAt;
using jira_plugin::jira::json::text;
using Node = Poco::JSON::Object::Ptr;

/// What may stand inside what.
const std::map<std::string, std::set<std::string>>& contents() {
    static const std::set<std::string> blocks{"paragraph", "heading",    "codeBlock", "bulletList",
                                              "rule",      "blockquote", "table",     "orderedList"};
    static const std::map<std::string, std::set<std::string>> table{
        {"doc", blocks},
        {"paragraph", {"text", "hardBreak"}},
        {"heading", {"text", "hardBreak"}},
        {"codeBlock", {"text"}},
        {"blockquote", {"paragraph"}},
        {"bulletList", {"listItem"}},
        {"orderedList", {"listItem"}},
        {"listItem", {"paragraph"}},
        {"table", {"tableRow"}},
        {"tableRow", {"tableHeader", "tableCell"}},
        {"tableHeader", {"paragraph"}},
        {"tableCell", {"paragraph"}},
    };
    return table;
}

bool isSafeLink(const std::string& href) {
    for (const char* scheme : {"http://", "https://", "mailto:"})
        if (href.rfind(scheme, 0) == 0)
            return true;
    return false;
}

bool hasGoodMarks(const Node& node) {
    std::set<std::string> types;
    const auto marks = array(node, "marks");
    for (std::size_t i = 0; marks && i < marks->size(); ++i) {
        const auto mark = objectAt(marks, i);
        const std::string type = text(mark, "type");
        if (!types.insert(type).second ||
            (type == "link" && !isSafeLink(text(object(mark, "attrs"), "href"))))
            return false;
    }
    return types.count("code") == 0 || (types.count("strong") == 0 && types.count("em") == 0);
}

bool hasShape(const Node& node, const std::string& parent) {
    const std::string type = text(node, "type");
    if (!parent.empty() && contents().at(parent).count(type) == 0)
        return false;
    if (type == "text")
        return !text(node, "text").empty() && (parent != "codeBlock" || !node->has("marks")) &&
               hasGoodMarks(node);
    if (type == "hardBreak" || type == "rule")
        return true;
    const auto inside = array(node, "content");
    if (!inside)
        return false;
    for (std::size_t i = 0; i < inside->size(); ++i)
        if (!hasShape(objectAt(inside, i), type))
            return false;
    const bool mayBeEmpty = type == "doc" || type == "paragraph" || type == "heading" || type == "codeBlock";
    return mayBeEmpty || inside->size() > 0;
}

} // namespace

bool hasAdfShape(const std::string& document) {
    const auto root = jira_plugin::jira::json::parseObject(document);
    return root && text(root, "type") == "doc" && hasShape(root, "");
}

} // namespace fuzz
