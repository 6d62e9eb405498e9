#include "wiki_reader.hpp"

#include <algorithm>
#include <set>

#include <Poco/UnicodeConverter.h>

namespace wiki {
namespace {

using Text = Poco::UTF32String;
using Char = Text::value_type;

/// An escaped character once its backslash is gone: it is shown, and is no markup any more.
constexpr Char shield = 0x200000; // beyond Unicode, so that no text holds one
/// What macros and links leave behind for the steps after them.
constexpr Char token = 0xE000;
constexpr Char zeroWidth = 0x200B;

Text decode(const std::string& text) {
    Text out;
    Poco::UnicodeConverter::convert(text, out);
    return out;
}

std::string encode(const Text& text) {
    std::string out;
    Poco::UnicodeConverter::convert(text, out);
    return out;
}

bool isBlank(Char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == 0x0B || c == '\f' || c == '\r';
}

/// Only ASCII: a letter that is not recognised lets more take effect here than in Jira.
bool isWord(Char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isLetter(Char c) {
    return isWord(c) && c > '9';
}

class Reader {
public:
    explicit Reader(Reading& reading) : _reading(reading) {}

    Text run(const Text& markup) {
        Text text = lines(macros(markup));
        text = links(text);
        addresses(text);
        text = escapes(text);
        entities(text);
        dashes(text);
        emoticons(text);
        phrase(text, "!", "!", "image", false);
        phrase(text, "*", "*", "strong", true);
        phrase(text, "_", "_", "emphasis", true);
        phrase(text, "^", "^", "superscript", true);
        phrase(text, "~", "~", "subscript", true);
        phrase(text, "-", "-", "deleted", true);
        phrase(text, "+", "+", "inserted", true);
        phrase(text, "??", "??", "citation", true);
        phrase(text, "{{", "}}", "monospaced", true);
        return text;
    }

private:
    void effect(const std::string& what) { _reading.effects.push_back(what); }

    static bool startsAt(const Text& text, std::size_t at, const char* word) {
        std::size_t length = 0;
        for (; word[length] != 0; ++length)
            if (at + length >= text.size() || text[at + length] != static_cast<Char>(word[length]))
                return false;
        return true;
    }

    struct Tag {
        std::string name;
        bool hasArguments = false;
        std::size_t end = 0; ///< behind the '}'
    };

    /// "{name}" or "{name:...}" at `at`; no name when there is none. Anything up to a '}' counts.
    static Tag tagAt(const Text& text, std::size_t at) {
        const std::size_t end = text.find('}', at + 1);
        if (end == Text::npos || end == at + 1)
            return {};
        std::string inside = encode(text.substr(at + 1, end - at - 1));
        const std::size_t colon = inside.find(':');
        Tag tag{inside.substr(0, colon), colon != std::string::npos, end + 1};
        std::transform(tag.name.begin(), tag.name.end(), tag.name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        tag.name.erase(std::remove(tag.name.begin(), tag.name.end(), ' '), tag.name.end());
        return tag;
    }

    /// The place of the tag that ends a macro's body; npos when there is none.
    static std::size_t bodyEnd(const Text& text, std::size_t from, const std::string& name) {
        for (std::size_t at = from; at < text.size(); ++at) {
            if (text[at] == '\\') {
                ++at;
            } else if (text[at] == '{') {
                const Tag tag = tagAt(text, at);
                if (tag.name == name && !tag.hasArguments)
                    return at;
            }
        }
        return Text::npos;
    }

    /// Macros come before all else. A backslash hides whatever character is behind it, also another
    /// backslash.
    Text macros(const Text& text) {
        Text out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\\' && at + 1 < text.size()) {
                out += text[at++];
                out += text[at];
                continue;
            }
            const bool isPhrase =
                text[at] == '{' && at + 1 < text.size() && text[at + 1] < 0x80 &&
                std::string("{*?^_-+~").find(static_cast<char>(text[at + 1])) != std::string::npos;
            if (isPhrase) {
                out += text[at++];
                out += text[at];
                continue;
            }
            const Tag tag = text[at] == '{' ? tagAt(text, at) : Tag{};
            if (tag.name.empty()) {
                out += text[at];
                continue;
            }
            at = macro(text, tag, out) - 1;
        }
        return out;
    }

    std::size_t macro(const Text& text, const Tag& tag, Text& out) {
        effect("macro:" + tag.name);
        out += token;
        const std::size_t end = bodyEnd(text, tag.end, tag.name);
        if (end == Text::npos)
            return tag.end;
        if (tag.name != "code" && tag.name != "noformat") {
            Reading inner;
            Reader(inner).run(text.substr(tag.end, end - tag.end));
            _reading.effects.insert(_reading.effects.end(), inner.effects.begin(), inner.effects.end());
        }
        return tagAt(text, end).end;
    }

    static std::size_t run(const Text& line, std::size_t at, const std::string& characters) {
        while (at < line.size() && line[at] < 0x80 &&
               characters.find(static_cast<char>(line[at])) != std::string::npos)
            ++at;
        return at;
    }

    Text lines(const Text& text) {
        Text out;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            out += block(text.substr(at, end - at));
            if (end < text.size())
                out += '\n';
            at = end + 1;
        }
        return out;
    }

    /// The line without the marks that made it a block.
    Text block(const Text& line) {
        const std::size_t start = run(line, 0, " \t");
        if (start + 2 < line.size() && line[start] == 'h' && line[start + 1] >= '1' &&
            line[start + 1] <= '6' && line[start + 2] == '.') {
            effect("heading");
            return blockOrText(line.substr(start + 3));
        }
        if (startsAt(line, start, "bq.")) {
            effect("quotation");
            return blockOrText(line.substr(start + 3));
        }
        const std::size_t dashEnd = run(line, start, "-");
        if (dashEnd - start >= 4 && run(line, dashEnd, " \t") == line.size()) {
            effect("rule");
            return {};
        }
        const std::size_t markEnd = run(line, start, "*#-");
        if (markEnd > start && (markEnd == line.size() || isBlank(line[markEnd])) && dashEnd - start < 2) {
            effect("item");
            return blockOrText(line.substr(markEnd));
        }
        if (start < line.size() && line[start] == '|')
            return row(line.substr(start));
        return line;
    }

    /// What is inside a block may begin another one.
    Text blockOrText(const Text& text) { return text.empty() ? text : block(text); }

    /// Cells end at a '|' without a backslash; those within a link belong to the link.
    Text row(const Text& line) {
        Text out;
        int cells = 0;
        bool inLink = false;
        for (std::size_t at = 0; at < line.size(); ++at) {
            const Char before = at > 0 ? line[at - 1] : 0;
            if (before != '\\' && line[at] == '[')
                inLink = true;
            if (before != '\\' && line[at] == ']')
                inLink = false;
            if (line[at] != '|' || before == '\\' || inLink) {
                out += line[at];
                continue;
            }
            if (before != '|')
                ++cells;
            out += '\n';
        }
        effect("row:" + std::to_string(cells - 1));
        return cells > 1 ? cellsOf(out) : out;
    }

    Text cellsOf(const Text& text) {
        Text out;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const Text cell = text.substr(at, end - at);
            out += (cell.empty() ? cell : block(cell));
            out += '\n';
            at = end + 1;
        }
        return out;
    }

    Text links(const Text& text) {
        Text out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool opens = text[at] == '[' && (at == 0 || text[at - 1] != '\\') && at + 1 < text.size() &&
                               text[at + 1] != ']' && !isBlank(text[at + 1]);
            const std::size_t end = opens ? linkEnd(text, at) : Text::npos;
            if (end == Text::npos) {
                out += text[at];
                continue;
            }
            link(text.substr(at + 1, end - at - 1));
            out += token;
            at = end;
        }
        return out;
    }

    static std::size_t linkEnd(const Text& text, std::size_t start) {
        for (std::size_t at = start + 1; at < text.size() && text[at] != '\n'; ++at) {
            if (text[at - 1] != '\\' && text[at] == '[')
                return Text::npos;
            if (text[at - 1] != '\\' && text[at] == ']')
                return at;
        }
        return Text::npos;
    }

    void link(const Text& inside) {
        if (inside[0] == '~')
            return effect("mention");
        if (inside[0] == '^')
            return effect("attachment");
        const std::size_t bar = inside.find('|');
        effect("link:" + encode(bar == Text::npos ? inside : inside.substr(bar + 1)));
    }

    /// Addresses become links by themselves, once something of them follows the scheme.
    void addresses(const Text& text) {
        for (const std::string scheme :
             {"http://", "https://", "ftp://", "ftps://", "mailto:", "nntp://", "news://", "irc://", "file:"})
            for (std::size_t at = 0; at + scheme.size() < text.size(); ++at) {
                const Char next = text[at + scheme.size()];
                if (startsAt(text, at, scheme.c_str()) && (at == 0 || !isWord(text[at - 1])) && next > ' ' &&
                    next < 0x7F)
                    effect("address");
            }
    }

    Text escapes(const Text& text) {
        static const std::string escapable = "-#*_+?^~|%{}[]()!@";
        Text out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool after = at > 0 && text[at - 1] == '\\';
            const Char next = at + 1 < text.size() ? text[at + 1] : 0;
            if (text[at] == '\\' && next == '\\')
                effect("newline");
            if (text[at] != '\\' || after || next >= 0x80 || next == 0 ||
                escapable.find(static_cast<char>(next)) == std::string::npos) {
                out += text[at];
                continue;
            }
            const bool bare = next == '{' || next == '}' || next == '[' || next == ']';
            out += bare ? next : shield + next;
            ++at;
        }
        return out;
    }

    void entities(const Text& text) {
        for (std::size_t at = text.find('&'); at != Text::npos; at = text.find('&', at + 1)) {
            const std::size_t name = startsAt(text, at, "&#") ? at + 2 : at + 1;
            std::size_t end = name;
            while (end < text.size() && isWord(text[end]))
                ++end;
            if (end > name && end < text.size() && text[end] == ';')
                effect("entity");
        }
    }

    void dashes(const Text& text) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::size_t end = run(text, at, "-");
            const bool alone =
                (at == 0 || isBlank(text[at - 1])) && (end == text.size() || isBlank(text[end]));
            if (alone && (end - at == 2 || end - at == 3))
                effect("dash");
            at = std::max(at, end);
        }
    }

    void emoticons(const Text& text) {
        for (const char* symbol :
             {":)",    ":-)", ":(",   ":-(",  ":P",   ":-P",  ":D",     ":-D",      ";)",  ";-)",
              "(y)",   "(n)", "(i)",  "(/)",  "(x)",  "(!)",  "(+)",    "(-)",      "(?)", "(on)",
              "(off)", "(*)", "(*r)", "(*g)", "(*b)", "(*y)", "(flag)", "(flagoff)"})
            for (std::size_t at = 0; at < text.size(); ++at) {
                const std::size_t end = at + std::string(symbol).size();
                if (startsAt(text, at, symbol) && (end >= text.size() || !isLetter(text[end])))
                    effect("emoticon");
            }
        // An escaped character is an entity by now, whose ';' must not wink with a ')' behind it.
        for (std::size_t at = 1; at < text.size(); ++at)
            if (text[at] == ')' && text[at - 1] >= shield)
                effect("emoticon");
    }

    /// Where the mark, bare or in braces, stands at `at`; 0 when it does not. Bare marks need their
    /// surroundings.
    static std::size_t opening(const Text& text, std::size_t at, const std::string& mark, bool braces) {
        if (braces && startsAt(text, at, ("{" + mark + "}").c_str()))
            return mark.size() + 2;
        const bool free = at == 0 || (!isWord(text[at - 1]) && text[at - 1] != '\\');
        return free && startsAt(text, at, mark.c_str()) ? mark.size() : 0;
    }

    static bool closes(const Text& text, std::size_t at, const std::string& mark, bool braces) {
        if (isBlank(text[at - 1]) || text[at - 1] == '\\')
            return false;
        if (braces && startsAt(text, at, ("{" + mark + "}").c_str()))
            return true;
        const std::size_t end = at + mark.size();
        return startsAt(text, at, mark.c_str()) && (end >= text.size() || !isWord(text[end]));
    }

    void phrase(const Text& text, const std::string& open, const std::string& close, const char* name,
                bool braces) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::size_t length = opening(text, at, open, braces);
            const std::size_t first = at + length;
            const auto mark = static_cast<Char>(open[0]);
            if (length == 0 || first >= text.size() || isBlank(text[first]) || text[first] == mark)
                continue;
            for (std::size_t end = first + 1; end < text.size() && text[end] != '\n'; ++end) {
                if (closes(text, end, close, braces)) {
                    effect(name);
                    at = end;
                    break;
                }
            }
        }
    }

    Reading& _reading;
};

} // namespace

bool Reading::has(const std::string& effect) const {
    return std::find(effects.begin(), effects.end(), effect) != effects.end();
}

std::string Reading::summary() const {
    std::vector<std::string> sorted = effects;
    std::sort(sorted.begin(), sorted.end());
    std::string joined;
    for (const auto& one : sorted)
        joined += (joined.empty() ? "" : " ") + one;
    return joined;
}

Reading read(const std::string& markup) {
    Reading reading;
    Text shown;
    for (const auto c : Reader(reading).run(decode(markup)))
        if (c != zeroWidth)
            shown += c >= shield ? c - shield : c;
    reading.text = encode(shown);
    return reading;
}

} // namespace wiki
