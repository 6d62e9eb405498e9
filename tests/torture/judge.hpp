#pragma once

#include "evidence.hpp"

#include <string>
#include <vector>

namespace torture {

enum class Wrong {
    Lost,    ///< a finding without ticket, a comment that did not arrive
    Double,  ///< a second ticket, a second comment
    Stuck,   ///< something waits for ever, or nothing can be done any more
    Differs, ///< both sides do not agree
    Leak,    ///< a secret in clear
    Grows    ///< descriptors or threads
};

const char* toString(Wrong kind);

struct Verdict {
    Wrong kind;
    std::string text;
};

/// Everything that is wrong. Pure.
std::vector<Verdict> judge(const Evidence& evidence);

} // namespace torture
