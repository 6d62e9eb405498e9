#pragma once

#include <string>
#include <vector>

namespace jira_plugin::push {

/// Something to tell on the finding's timeline. The same key again replaces the entry.
struct Note {
    std::string key;
    std::string text;
};

/// As the outbox keeps them until the host has them: one line each.
std::string encodeNotes(const std::vector<Note>& notes);
std::vector<Note> decodeNotes(const std::string& text);

} // namespace jira_plugin::push
