/// Streams a foreign JSON document into a handler, within bounds, with errors that say where.
#pragma once

#include "aspm_host/sarif.hpp"

#include <Poco/JSON/Handler.h>

#include <iosfwd>
#include <string>

namespace aspm::host::sarif {

/// A handler that knows which part of the document it is in.
class LocatedHandler : public Poco::JSON::Handler {
public:
    /// The path of the value being read, such as `runs[0].results[3]`; empty at the root.
    virtual std::string currentPath() const = 0;
};

/// Reads one UTF-8 document to its end; a byte order mark is skipped. Throws SarifError for anything that is
/// not JSON, is cut off or exceeds the limits, and lets the handler's own errors pass.
void streamJson(std::istream& in, const Poco::SharedPtr<LocatedHandler>& handler, const Limits& limits);

} // namespace aspm::host::sarif
