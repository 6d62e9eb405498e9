#pragma once

#include "document.hpp"

#include <cstddef>
#include <optional>

namespace jira_plugin::mapping {

/// Length of a block's text and addresses in UTF-16 units, plus two for the space between blocks.
std::size_t blockUnits(const Block& block);

/// As many of the blocks as fit within `limit`. A paragraph or code block that alone is much too long is cut
/// inside, at the end of a line or word. Sets `cut` when something was left out.
std::vector<Block> fitBlocks(std::vector<Block> blocks, std::size_t limit, bool& cut);

} // namespace jira_plugin::mapping
