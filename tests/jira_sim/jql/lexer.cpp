#include "jql/lexer.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>

namespace jira_sim::jql {

namespace {

bool isSpace(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool isReserved(char c) {
    return c != '\0' && std::strchr("{}*/%+^$#@?;|&\\`", c) != nullptr;
}

bool isWordChar(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 ||
           (c != '\0' && std::strchr("_-.:[]", c) != nullptr);
}

std::string reservedText(char c) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned char>(c));
    return std::string("The character '") + c +
           "' is a reserved JQL character. You must enclose it in a string or use the escape '" + escape +
           "' instead.";
}

/// Reads the string that starts at `i` and moves `i` behind it.
Token quoted(const std::string& query, std::size_t& i) {
    const std::size_t start = i;
    Token token{Token::Quoted, "", start};
    const char quote = query[start];
    for (++i; i < query.size(); ++i) {
        if (query[i] == quote) {
            ++i;
            return token;
        }
        if (query[i] == '\\') {
            if (++i == query.size())
                break;
            if (std::strchr("\"'\\ ntr", query[i]) == nullptr)
                throw syntaxError(
                    std::string("'\\") + query[i] +
                        "' is an illegal JQL escape sequence. The valid escape sequences are \\', "
                        "\\\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX.",
                    query, i);
            token.text += query[i] == 'n' ? '\n' : query[i] == 't' ? '\t' : query[i] == 'r' ? '\r' : query[i];
            continue;
        }
        token.text += query[i];
    }
    throw syntaxError("The quoted string '" + token.text + "' has not been completed.", query, start);
}

Token symbol(const std::string& query, std::size_t start) {
    for (const char* two : {"!=", "!~", "<=", ">="})
        if (query.compare(start, 2, two) == 0)
            return {Token::Symbol, two, start};
    if (query[start] == '\0' || std::strchr("=<>~(),!", query[start]) == nullptr)
        throw syntaxError(reservedText(query[start]), query, start);
    return {Token::Symbol, std::string(1, query[start]), start};
}

} // namespace

Refused syntaxError(const std::string& text, const std::string& query, std::size_t at) {
    const auto upTo = query.begin() + static_cast<std::ptrdiff_t>(std::min(at, query.size()));
    const auto line = 1 + std::count(query.begin(), upTo, '\n');
    const std::size_t lineStart = query.rfind('\n', at == 0 ? 0 : at - 1);
    const std::size_t column = lineStart == std::string::npos ? at + 1 : at - lineStart;
    return {"Error in the JQL Query: " + text + " (line " + std::to_string(line) + ", character " +
            std::to_string(column) + ")"};
}

std::vector<Token> tokens(const std::string& query) {
    std::vector<Token> list;
    std::size_t i = 0;
    while (i < query.size()) {
        const char c = query[i];
        if (isSpace(c)) {
            ++i;
        } else if (c == '"' || c == '\'') {
            list.push_back(quoted(query, i));
        } else if (isReserved(c) && !(c == '+' && i + 1 < query.size() && std::isdigit(query[i + 1]) != 0)) {
            throw syntaxError(reservedText(c), query, i);
        } else if (isWordChar(c) || c == '+') {
            const std::size_t start = i++;
            while (i < query.size() && isWordChar(query[i]))
                ++i;
            list.push_back({Token::Word, query.substr(start, i - start), start});
        } else {
            list.push_back(symbol(query, i));
            i += list.back().text.size();
        }
    }
    list.push_back({Token::End, "", query.size()});
    return list;
}

} // namespace jira_sim::jql
