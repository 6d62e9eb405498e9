#pragma once

#include <optional>
#include <vector>

namespace bench {

/// Processors, by the kernel's numbers. None named: whichever the kernel likes.
using Processors = std::vector<int>;

/// Where the stand-in Jira runs, and where the side that is measured: the host with the plugin, or the bare
/// client.
struct Placement {
    Processors jira;
    Processors client;
};

/// Jira on a processor of its own and the client on all others that this program may use. Nothing where there
/// is only one.
std::optional<Placement> eachItsOwn();

/// Keeps this thread, and every thread and program that it starts, on some processors while this object
/// lives. Throws std::system_error.
class Pinned {
public:
    explicit Pinned(const Processors& processors);
    ~Pinned();
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

private:
    Processors _before;
};

} // namespace bench
