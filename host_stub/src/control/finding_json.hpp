#pragma once

#include <optional>

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Object.h>

#include "../store/finding_store.hpp"

namespace aspm::host {

/// A finding as host_stub/README.md lists it under "Control API".
Poco::JSON::Object::Ptr findingToJson(const FindingWithPush& found);

/// Null where there is none.
Poco::Dynamic::Var ticketToJson(const std::optional<TicketRef>& ticket);

Poco::JSON::Object::Ptr timelineToJson(const TimelineLine& line);

} // namespace aspm::host
