#pragma once

#include <string>
#include <vector>

/// Reads wiki markup as Jira's renderer does, step by step, and tells what took effect. Written apart from
/// the code that writes markup, from the renderer's rules; where it is in doubt, it sees an effect.
namespace wiki {

struct Reading {
    /// What took effect, in no certain order: "macro:code", "mention", "link:https://...", "image", "strong",
    /// ...
    std::vector<std::string> effects;
    /// What a person sees when nothing took effect, without zero-width spaces.
    std::string text;

    bool has(const std::string& effect) const;
    /// The effects sorted and joined by blanks.
    std::string summary() const;
};

Reading read(const std::string& markup);

} // namespace wiki
