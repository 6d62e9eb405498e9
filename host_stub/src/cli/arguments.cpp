#include "arguments.hpp"

#include <algorithm>
#include <charconv>

namespace aspm::host::cli {

namespace {

/// Goes through the words once.
class Reader {
public:
    Reader(const Syntax& syntax, const std::vector<std::string>& words) : _syntax(syntax), _words(words) {}

    void read() {
        bool optionsOver = false;
        while (_at < _words.size()) {
            const std::string& word = _words[_at++];
            if (!optionsOver && word == "--")
                optionsOver = true;
            else if (!optionsOver && word.size() > 1 && word[0] == '-')
                readOption(word);
            else
                readOperand(word);
        }
    }

    std::map<std::string, std::vector<std::string>> values;
    std::vector<std::string> operands;

private:
    void readOption(const std::string& word) {
        if (word == "-h" || word == "--help") {
            values["help"];
            return;
        }
        auto equals = word.find('=');
        std::string name = word.substr(0, equals);
        const Option& option = find(name);
        std::vector<std::string>& given = values[option.name];
        if (option.value.empty()) {
            if (equals != std::string::npos)
                throw UsageError(name + " takes no value.");
            return;
        }
        if (!given.empty() && !option.repeats)
            throw UsageError(name + " is given twice.");
        given.push_back(equals != std::string::npos ? word.substr(equals + 1) : valueAfter(name, option));
        if (given.back().empty())
            throw UsageError(name + " needs a value: " + name + " " + option.value + ".");
    }

    const Option& find(const std::string& name) const {
        for (const Option& option : _syntax.options)
            if (name == "--" + option.name)
                return option;
        throw UsageError(_syntax.command + " knows no option " + name + ".");
    }

    std::string valueAfter(const std::string& name, const Option& option) {
        if (_at == _words.size() || _words[_at].compare(0, 2, "--") == 0)
            throw UsageError(name + " needs a value: " + name + " " + option.value + ".");
        return _words[_at++];
    }

    void readOperand(const std::string& word) {
        if (_syntax.operands.name.empty() || (!operands.empty() && !_syntax.operands.repeats))
            throw UsageError(_syntax.command + " does not know what to do with \"" + word + "\".");
        operands.push_back(word);
    }

    const Syntax& _syntax;
    const std::vector<std::string>& _words;
    std::size_t _at = 0;
};

} // namespace

Arguments Arguments::parse(const Syntax& syntax, const std::vector<std::string>& words) {
    Reader reader(syntax, words);
    reader.read();
    Arguments arguments;
    arguments._values = std::move(reader.values);
    arguments._operands = std::move(reader.operands);
    if (arguments.wantsHelp())
        return arguments;
    for (const Option& option : syntax.options)
        if (option.required && !arguments.has(option.name))
            throw UsageError(syntax.command + " needs --" + option.name + " " + option.value + ".");
    if (!syntax.operands.name.empty() && arguments._operands.empty())
        throw UsageError(syntax.command + " needs " + syntax.operands.name + ".");
    return arguments;
}

std::string Arguments::one(const std::string& option, const std::string& otherwise) const {
    auto found = _values.find(option);
    return found == _values.end() || found->second.empty() ? otherwise : found->second.front();
}

std::vector<std::string> Arguments::all(const std::string& option) const {
    auto found = _values.find(option);
    return found == _values.end() ? std::vector<std::string>{} : found->second;
}

long long Arguments::number(const std::string& option, long long otherwise, long long least,
                            long long most) const {
    if (!has(option))
        return otherwise;
    std::string text = one(option);
    long long value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        throw UsageError("--" + option + " takes a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not \"" + text + "\".");
    return value;
}

} // namespace aspm::host::cli
