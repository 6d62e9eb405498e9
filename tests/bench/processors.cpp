#include "processors.hpp"

#include <sched.h>

#include <cerrno>
#include <system_error>

namespace bench {

namespace {

Processors ofThisThread() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot ask for the processors");
    }
    Processors found;
    for (int number = 0; number < CPU_SETSIZE; ++number) {
        if (CPU_ISSET(static_cast<std::size_t>(number), &set)) {
            found.push_back(number);
        }
    }
    return found;
}

/// False when the kernel refuses.
bool keepOn(const Processors& processors) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int number : processors) {
        CPU_SET(static_cast<std::size_t>(number), &set);
    }
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

} // namespace

std::optional<Placement> eachItsOwn() {
    auto all = ofThisThread();
    if (all.size() < 2) {
        return std::nullopt;
    }
    const Processors last{all.back()};
    all.pop_back();
    return Placement{last, all};
}

Pinned::Pinned(const Processors& processors) : _before(ofThisThread()) {
    if (!processors.empty() && !keepOn(processors)) {
        throw std::system_error(errno, std::generic_category(), "cannot choose the processors");
    }
}

Pinned::~Pinned() {
    keepOn(_before);
}

} // namespace bench
