#pragma once

#include "figure.hpp"

#include <string>
#include <vector>

namespace bench {

std::string asTable(const std::vector<Figure>& figures);
std::string asJson(const std::vector<Figure>& figures);

} // namespace bench
