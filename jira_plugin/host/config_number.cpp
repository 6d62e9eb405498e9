#include "config_number.hpp"

#include <stdexcept>
#include <string>

namespace jira_plugin::host {

std::int64_t configNumber(Config& config, const char* key, std::int64_t fallback, std::int64_t least,
                          std::int64_t most) {
    const auto text = config.get(key);
    if (!text || text->empty())
        return fallback;
    const bool isNumber = text->size() < 10 && text->find_first_not_of("0123456789") == std::string::npos;
    if (const std::int64_t value = isNumber ? std::stoll(*text) : -1; value >= least && value <= most)
        return value;
    throw std::invalid_argument("The configuration " + std::string(key) + " is '" + *text +
                                "': it takes a whole number from " + std::to_string(least) + " to " +
                                std::to_string(most) + ".");
}

} // namespace jira_plugin::host
