#include "target.hpp"

#include <cstdio>
#include <cstdlib>

namespace fuzz {

void require(bool holds, const char* sentence) {
    if (holds)
        return;
    std::fprintf(stderr, "Not kept: %s\n", sentence);
    std::abort();
}

} // namespace fuzz
