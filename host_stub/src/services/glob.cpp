#include "glob.hpp"

namespace aspm::host {

namespace {

/// Recursion is bounded by the number of stars; the pattern comes from an administrator.
bool match(std::string_view pattern, std::string_view text) {
    while (!pattern.empty()) {
        if (pattern.substr(0, 2) == "**") {
            std::string_view rest = pattern.substr(2);
            if (!rest.empty() && rest.front() == '/' && match(rest.substr(1), text))
                return true;
            for (std::size_t i = 0; i <= text.size(); ++i)
                if (match(rest, text.substr(i)))
                    return true;
            return false;
        }
        if (pattern.front() == '*') {
            for (std::size_t i = 0; i <= text.size(); ++i) {
                if (match(pattern.substr(1), text.substr(i)))
                    return true;
                if (i < text.size() && text[i] == '/')
                    break;
            }
            return false;
        }
        if (text.empty() || (pattern.front() == '?' ? text.front() == '/' : pattern.front() != text.front()))
            return false;
        pattern.remove_prefix(1);
        text.remove_prefix(1);
    }
    return text.empty();
}

} // namespace

bool matchesGlob(std::string_view pattern, std::string_view text) {
    if (pattern.find('/') == std::string_view::npos) {
        auto slash = text.rfind('/');
        return match(pattern, slash == std::string_view::npos ? text : text.substr(slash + 1)) ||
               match(pattern, text);
    }
    if (pattern.front() == '/')
        pattern.remove_prefix(1);
    return match(pattern, text);
}

} // namespace aspm::host
