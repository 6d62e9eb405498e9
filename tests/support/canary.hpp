#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace test_support {

/// The files below `directory` that hold `secret` in clear, in hexadecimal or in base64 (at any offset), so
/// that a test can say where a secret leaked to. Symbolic links are not followed. A file that vanishes
/// while it is read (a journal, say) holds nothing. Throws std::invalid_argument for secrets under 8
/// characters: those are found everywhere by chance.
std::vector<std::filesystem::path> filesHolding(const std::string& secret,
                                                const std::filesystem::path& directory);

/// All texts that stand sealed under a key "k-..." in these bytes.
std::set<std::string> sealedTexts(const std::string& bytes);

/// The same of the SQLite database of the plugin below `directory`, and of its log of changes.
std::set<std::string> sealedIn(const std::filesystem::path& directory);

/// The ways `secret` may stand in a file, as byte strings to look for.
std::vector<std::string> spellingsOf(const std::string& secret);

} // namespace test_support
