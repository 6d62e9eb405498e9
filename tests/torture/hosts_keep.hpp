#pragma once

#include "diary.hpp"
#include "host_group.hpp"

#include <filesystem>

namespace torture {

/// Copies logs, Jira's trace, the tables that tell what became of findings, and the diary to `directory`, in
/// place of what is there. Returns it. Never throws: what cannot be copied is left out.
std::filesystem::path keepHosts(const HostGroup& group, const Diary& diary,
                                const std::filesystem::path& directory);

} // namespace torture
