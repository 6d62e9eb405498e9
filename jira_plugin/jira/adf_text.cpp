#include "adf_text.hpp"

#include "json.hpp"
#include "plain_text.hpp"

#include <map>

#include <Poco/DateTimeFormatter.h>
#include <Poco/NumberParser.h>
#include <Poco/Timestamp.h>

namespace jira_plugin::jira {
namespace {

using Poco::JSON::Object;

constexpr int deepest = 60;

std::string attribute(const Object::Ptr& node, const char* name) {
    return json::text(json::object(node, "attrs"), name);
}

std::string linkOf(const Object::Ptr& text) {
    const auto marks = json::array(text, "marks");
    for (std::size_t i = 0; marks && i < marks->size(); ++i) {
        const auto mark = json::objectAt(marks, i);
        if (json::text(mark, "type") == "link") {
            return attribute(mark, "href");
        }
    }
    return {};
}

std::string dateOf(const Object::Ptr& node) {
    constexpr Poco::Int64 latestMs = 253'402'300'799'000; // the end of the year 9999
    Poco::Int64 ms = 0;
    if (!Poco::NumberParser::tryParse64(attribute(node, "timestamp"), ms) || ms < 0 || ms > latestMs) {
        return {};
    }
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d");
}

std::string mentionOf(const Object::Ptr& node) {
    std::string name = attribute(node, "text");
    if (name.empty()) {
        name = attribute(node, "id");
    }
    return name.empty() || name.front() == '@' ? name : "@" + name;
}

std::string mediaOf(const Object::Ptr& node) {
    for (const char* name : {"alt", "url"}) {
        if (std::string text = attribute(node, name); !text.empty()) {
            return "[" + text + "]";
        }
    }
    return "[attachment]";
}

/// Writes a document node by node; stops when there is enough.
class Writer {
public:
    std::string take() { return std::move(_text); }

    void block(const Object::Ptr& node, int depth) {
        if (!node || depth > deepest || _text.size() > plainTextLimit) {
            return;
        }
        const std::string type = json::text(node, "type");
        if (inlineNode(type, node)) {
            return;
        }
        if (type == "bulletList" || type == "orderedList" || type == "taskList" || type == "decisionList") {
            list(node, type, depth);
        } else if (type == "tableRow") {
            row(node, depth);
        } else {
            other(node, type, depth);
        }
    }

private:
    /// True when the node is one of those that stand in a line.
    bool inlineNode(const std::string& type, const Object::Ptr& node) {
        if (type == "text") {
            _text += writtenOutLink(json::text(node, "text"), linkOf(node));
        } else if (type == "hardBreak") {
            _text += '\n';
        } else if (type == "mention") {
            _text += mentionOf(node);
        } else if (type == "emoji") {
            const std::string text = attribute(node, "text");
            _text += text.empty() ? attribute(node, "shortName") : text;
        } else if (type == "date") {
            _text += dateOf(node);
        } else if (type == "status" || type == "placeholder") {
            _text += attribute(node, "text");
        } else if (type == "inlineCard" || type == "blockCard" || type == "embedCard") {
            _text += attribute(node, "url");
        } else if (type == "media" || type == "mediaInline") {
            _text += mediaOf(node);
        } else {
            return false;
        }
        return true;
    }

    void children(const Object::Ptr& node, int depth) {
        const auto content = json::array(node, "content");
        for (std::size_t i = 0; content && i < content->size(); ++i) {
            block(json::objectAt(content, i), depth + 1);
        }
    }

    void other(const Object::Ptr& node, const std::string& type, int depth) {
        if (type == "rule") {
            newLine();
            _text += "----\n";
            return;
        }
        if (type == "expand" || type == "nestedExpand") {
            newLine();
            _text += attribute(node, "title");
        }
        newLine();
        children(node, depth);
        newLine();
    }

    void list(const Object::Ptr& node, const std::string& type, int depth) {
        const auto items = json::array(node, "content");
        Poco::Int64 number = 1;
        Poco::NumberParser::tryParse64(attribute(node, "order"), number);
        ++_indent;
        for (std::size_t i = 0; items && i < items->size() && _text.size() <= plainTextLimit; ++i) {
            newLine();
            _text.append(2 * static_cast<std::size_t>(_indent - 1), ' ');
            _text += type == "orderedList" ? std::to_string(static_cast<std::uint64_t>(number) + i) + ". "
                                           : std::string("- ");
            _itemStart = _text.size();
            block(json::objectAt(items, i), depth + 1);
        }
        --_indent;
        newLine();
    }

    void row(const Object::Ptr& node, int depth) {
        newLine();
        const auto cells = json::array(node, "content");
        for (std::size_t i = 0; cells && i < cells->size() && _text.size() <= plainTextLimit; ++i) {
            Writer cell;
            cell.children(json::objectAt(cells, i), depth + 1);
            std::string text = tidyPlainText(cell.take());
            for (char& c : text) {
                c = c == '\n' ? ' ' : c;
            }
            _text += (i == 0 ? "" : " | ") + text;
        }
        newLine();
    }

    /// Ends the line, if there is one. What stands first in a list's item stays on the line of its mark.
    void newLine() {
        if (!_text.empty() && _text.back() != '\n' && _text.size() != _itemStart) {
            _text += '\n';
        }
    }

    std::string _text;
    int _indent = 0;
    std::size_t _itemStart = 0;
};

} // namespace

std::string textOfAdf(const Poco::Dynamic::Var& document) {
    if (document.type() != typeid(Object::Ptr)) {
        return tidyPlainText(json::textOf(document));
    }
    Writer writer;
    writer.block(document.extract<Object::Ptr>(), 0);
    return tidyPlainText(writer.take());
}

} // namespace jira_plugin::jira
