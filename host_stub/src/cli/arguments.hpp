#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace aspm::host::cli {

/// An option of a command: `--name VALUE`, `--name=VALUE`, or `--name` alone when it takes no value.
struct Option {
    std::string name;
    std::string value;    ///< how help calls its value; empty: takes none
    bool repeats = false; ///< may be given more than once
    bool required = false;
};

/// What a command takes besides options, e.g. files.
struct Operands {
    std::string name; ///< how help calls one; empty: takes none
    bool repeats = false;
};

struct Syntax {
    std::string command;
    std::vector<Option> options;
    Operands operands;
};

/// The caller's mistake, in one sentence.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The words after a command, checked against its syntax.
class Arguments {
public:
    /// Throws UsageError. `--help` and `-h` are always taken, and nothing is required next to them; `--` ends
    /// the options.
    static Arguments parse(const Syntax& syntax, const std::vector<std::string>& words);

    bool has(const std::string& option) const { return _values.count(option) != 0; }
    bool wantsHelp() const { return has("help"); }

    /// The value of an option, or `otherwise` when it is not given.
    std::string one(const std::string& option, const std::string& otherwise = "") const;
    std::vector<std::string> all(const std::string& option) const;
    const std::vector<std::string>& operands() const { return _operands; }

    /// A whole number from `least` to `most`. Throws UsageError.
    long long number(const std::string& option, long long otherwise, long long least, long long most) const;

private:
    std::map<std::string, std::vector<std::string>> _values;
    std::vector<std::string> _operands;
};

} // namespace aspm::host::cli
