#include "operator_config.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

namespace aspm::host {

namespace {

void flatten(const Poco::JSON::Object::Ptr& object, const std::string& prefix,
             std::map<std::string, std::string>& out, const std::string& name) {
    for (const auto& [member, value] : *object) {
        std::string key = prefix.empty() ? member : prefix + "." + member;
        if (value.type() == typeid(Poco::JSON::Object::Ptr))
            flatten(value.extract<Poco::JSON::Object::Ptr>(), key, out, name);
        else if (value.isString() || value.isNumeric() || value.isBoolean())
            out[key] = value.toString();
        else
            throw Problem(name + ": the value of " + key + " is neither a text, a number nor true or false.",
                          "Give each key one plain value.");
    }
}

void readLines(const std::string& text, std::map<std::string, std::string>& out, const std::string& name) {
    std::istringstream in(text);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        Poco::trimInPlace(line);
        if (line.empty() || line.front() == '#')
            continue;
        auto equals = line.find('=');
        std::string key = Poco::trim(line.substr(0, equals));
        if (equals == std::string::npos || key.empty())
            throw Problem(name + ", line " + std::to_string(number) +
                              ": this is neither key = value nor a comment.",
                          "Write lines such as jira.cloud.client_id = abc, or one JSON object.");
        out[key] = Poco::trim(line.substr(equals + 1));
    }
}

} // namespace

void OperatorConfig::readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf()))
        throw Problem("The configuration file " + file.string() + " cannot be read.",
                      "Check the path given with --config and that the file is readable.");
    readText(text.str(), file.string());
}

void OperatorConfig::readText(const std::string& text, const std::string& name) {
    auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || text[first] != '{')
        return readLines(text, _values, name);
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(8);
        flatten(parser.parse(text).extract<Poco::JSON::Object::Ptr>(), "", _values, name);
    } catch (const Poco::Exception& e) {
        throw Problem(name + " is not valid JSON: " + e.displayText() + ".",
                      "Correct it, or write key = value lines.");
    }
}

std::string OperatorConfig::variableFor(const std::string& key) {
    std::string name = "ASPM_" + key;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return std::isalnum(c) != 0 ? static_cast<char>(std::toupper(c)) : '_';
    });
    return name;
}

void OperatorConfig::declare(const std::string& key, bool secret) {
    _known.insert(key);
    if (secret)
        _secrets.insert(key);
    if (const char* set = std::getenv(variableFor(key).c_str()))
        _values[key] = set;
}

void OperatorConfig::declare(const Manifest& manifest) {
    for (const ManifestConfigKey& key : manifest.config)
        declare(key.key, key.secret);
}

std::optional<std::string> OperatorConfig::value(const std::string& key) const {
    auto found = _values.find(key);
    return found == _values.end() ? std::nullopt : std::optional<std::string>(found->second);
}

std::string OperatorConfig::get(const std::string& key, const std::string& otherwise) const {
    return value(key).value_or(otherwise);
}

std::vector<std::string> OperatorConfig::secretValues() const {
    std::vector<std::string> out;
    for (const std::string& key : _secrets)
        if (auto set = value(key))
            out.push_back(*set);
    return out;
}

} // namespace aspm::host
