#include "notes.hpp"

#include <algorithm>
#include <sstream>

namespace jira_plugin::push {
namespace {

std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

} // namespace

std::string encodeNotes(const std::vector<Note>& notes) {
    std::string text;
    for (const Note& note : notes)
        text += oneLine(note.key) + "\t" + oneLine(note.text) + "\n";
    return text;
}

std::vector<Note> decodeNotes(const std::string& text) {
    std::vector<Note> notes;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto tab = line.find('\t'); tab != std::string::npos)
            notes.push_back({line.substr(0, tab), line.substr(tab + 1)});
    return notes;
}

} // namespace jira_plugin::push
