#include "language.hpp"

#include "text.hpp"

#include <array>
#include <utility>

namespace jira_plugin::mapping {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 38> languages{{
    {"c", "c"},
    {"h", "c"},
    {"cc", "cpp"},
    {"cpp", "cpp"},
    {"cxx", "cpp"},
    {"hpp", "cpp"},
    {"hh", "cpp"},
    {"cs", "csharp"},
    {"css", "css"},
    {"dart", "dart"},
    {"go", "go"},
    {"groovy", "groovy"},
    {"html", "html"},
    {"java", "java"},
    {"js", "javascript"},
    {"jsx", "jsx"},
    {"mjs", "javascript"},
    {"cjs", "javascript"},
    {"json", "json"},
    {"kt", "kotlin"},
    {"lua", "lua"},
    {"m", "objective-c"},
    {"php", "php"},
    {"pl", "perl"},
    {"ps1", "powershell"},
    {"py", "python"},
    {"r", "r"},
    {"rb", "ruby"},
    {"rs", "rust"},
    {"scala", "scala"},
    {"sh", "shell"},
    {"sql", "sql"},
    {"swift", "swift"},
    {"tf", "hcl"},
    {"ts", "typescript"},
    {"xml", "xml"},
    {"yaml", "yaml"},
    {"yml", "yaml"},
}};

} // namespace

std::string languageOf(const std::string& filePath) {
    const auto dot = filePath.rfind('.');
    if (dot == std::string::npos)
        return {};
    const std::string extension = lowerAscii(filePath.substr(dot + 1));
    for (const auto& [known, language] : languages)
        if (extension == known)
            return language;
    return {};
}

} // namespace jira_plugin::mapping
