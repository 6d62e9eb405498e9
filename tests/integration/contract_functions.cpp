#include "contract_functions.hpp"

#include "paths.hpp"
#include "temp_dir.hpp"

#include <filesystem>
#include <map>
#include <regex>

namespace integration {
namespace {

using Structs = std::map<std::string, std::string>; ///< bodies by name

std::string withoutComments(const std::string& text) {
    std::string code;
    for (std::size_t at = 0; at < text.size();) {
        const auto comment = text.find("/*", at);
        code += text.substr(at, comment - at) + " ";
        const auto end = comment == std::string::npos ? comment : text.find("*/", comment);
        at = end == std::string::npos ? text.size() : end + 2;
    }
    return code;
}

Structs structsOf(const std::string& code) {
    Structs structs;
    const std::string begin = "typedef struct ";
    for (auto at = code.find(begin); at != std::string::npos; at = code.find(begin, at + 1)) {
        const auto name = at + begin.size(), open = code.find_first_of("{;", name);
        if (open == std::string::npos || code[open] == ';')
            continue; // declared only
        structs[code.substr(name, code.find(' ', name) - name)] =
            code.substr(open + 1, code.find("\n}", open) - open - 1);
    }
    return structs;
}

bool mentions(const std::string& code, const std::set<std::string>& types) {
    static const std::regex word(R"(\b\w+\b)");
    for (auto each = std::sregex_iterator(code.begin(), code.end(), word); each != std::sregex_iterator();
         ++each)
        if (types.count(each->str()) > 0)
            return true;
    return false;
}

/// fn(name, parameters) for each member that is a function, fn("", declaration) for the others.
template <class Fn> void eachMember(const std::string& body, Fn fn) {
    static const std::regex function(R"(\(\*(\w+)\)\s*\(([^;]*)\))");
    static const std::regex member(R"([^;]+;)");
    for (auto each = std::sregex_iterator(body.begin(), body.end(), member); each != std::sregex_iterator();
         ++each) {
        const std::string declaration = each->str();
        std::smatch found;
        if (std::regex_search(declaration, found, function))
            fn(found[1].str(), found[2].str());
        else
            fn("", declaration);
    }
}

const std::regex& anOrganisation() {
    static const std::regex declared(R"(\baspm_str\s+organisation\b)");
    return declared;
}

/// The structs that hold an organisation, or a struct that does.
std::set<std::string> carriers(const Structs& structs) {
    std::set<std::string> found;
    for (std::size_t before = 1; before != found.size();) {
        before = found.size();
        for (const auto& [name, body] : structs)
            eachMember(body, [&, id = name](const std::string& function, const std::string& declaration) {
                if (function.empty() &&
                    (std::regex_search(declaration, anOrganisation()) || mentions(declaration, found)))
                    found.insert(id);
            });
    }
    return found;
}

} // namespace

std::set<std::string> functionsWithOrganisation() {
    Structs structs;
    for (const auto& file : std::filesystem::recursive_directory_iterator(test_support::contractHeaders()))
        if (file.path().extension() == ".h")
            structs.merge(structsOf(withoutComments(test_support::readFile(file.path()))));
    const auto carrying = carriers(structs);
    std::set<std::string> functions;
    for (const auto& [name, body] : structs)
        eachMember(body, [&, id = name](const std::string& function, const std::string& parameters) {
            if (!function.empty() &&
                (std::regex_search(parameters, anOrganisation()) || mentions(parameters, carrying)))
                functions.insert(id + "." + function);
        });
    return functions;
}

} // namespace integration
