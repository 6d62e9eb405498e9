#include "commands.hpp"

namespace aspm::host::cli {

int inspect(const Arguments&) {
    return exitDone;
}

} // namespace aspm::host::cli
