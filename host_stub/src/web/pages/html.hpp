#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace aspm::host {

/// Markup. Text becomes markup by being escaped, which happens by itself; unescaped markup comes from
/// literals of the program alone ("<p>{}</p>"_html), so that no value can bring its own.
class Html {
public:
    Html() = default;
    Html(const std::string& text);                   // NOLINT: implicit, so that escaping needs no thought
    Html(const char* text);                          // NOLINT
    Html(std::int64_t number);                       // NOLINT
    Html(std::size_t number);                        // NOLINT
    Html(int number) : Html(std::int64_t{number}) {} // NOLINT

    Html& operator+=(const Html& other);
    bool isEmpty() const { return _markup.empty(); }
    const std::string& markup() const { return _markup; }

private:
    friend class Template;
    std::string _markup;
};

/// A literal with a {} for each value.
class Template {
public:
    /// Fills the places in their order. Throws std::logic_error when there are more or fewer values.
    template <typename... Values> Html operator()(const Values&... values) const {
        return fill({Html(values)...});
    }

private:
    friend Template operator""_html(const char* markup, std::size_t size);
    explicit Template(std::string markup) : _markup(std::move(markup)) {}
    Html fill(std::initializer_list<Html> values) const;

    std::string _markup;
};

Template operator""_html(const char* markup, std::size_t size);

/// A link to a place outside. Only http and https become links; anything else is shown as text.
Html outsideLink(const std::string& url, const Html& text);

/// Text of other people in which addresses of the web are links; all else stays text.
Html linkedText(const std::string& text);

/// "2 findings", "1 finding".
std::string counted(std::int64_t count, const std::string& one, const std::string& many);

} // namespace aspm::host
