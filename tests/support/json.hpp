#pragma once

#include <Poco/Dynamic/Var.h>

#include <string>
#include <vector>

namespace test_support {

/// A JSON value to read from in tests: `answer["issues"][0]["key"].text()`. What is asked for and is not
/// there throws std::runtime_error with the path and the value it was asked of. Cheap to copy.
class Json {
public:
    /// Throws std::runtime_error with the start of the text when it is not JSON.
    static Json parse(const std::string& text);

    Json operator[](const std::string& name) const;
    Json operator[](std::size_t index) const;

    bool has(const std::string& name) const; ///< false as well when this is not an object
    bool isNull() const { return _value.isEmpty(); }
    std::size_t size() const; ///< of an array or an object

    std::string text() const; ///< a string, number or boolean as text
    long long number() const;
    bool truth() const;
    std::vector<Json> items() const;        ///< the elements of an array
    std::vector<std::string> texts() const; ///< the elements of an array of strings
    std::vector<std::string> names() const; ///< of an object's members
    std::string dump() const;               ///< as JSON again

private:
    Json(const Poco::Dynamic::Var& value, std::string path) : _value(value), _path(std::move(path)) {}
    [[noreturn]] void complain(const std::string& what) const;

    Poco::Dynamic::Var _value;
    std::string _path;
};

/// `text` as a JSON string, with its quotes.
std::string quoted(const std::string& text);

} // namespace test_support
