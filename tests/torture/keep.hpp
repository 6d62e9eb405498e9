#pragma once

#include "diary.hpp"
#include "world.hpp"

#include <filesystem>

namespace torture {

/// Copies data, logs, Jira's trace and tickets and the diary to `directory`, in place of what is there.
/// Returns it. Never throws: what cannot be copied is left out.
std::filesystem::path keepAll(const World& world, const Diary& diary, const std::filesystem::path& directory);

} // namespace torture
