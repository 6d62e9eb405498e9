#pragma once

#include "../../store/finding_rows.hpp"
#include "html.hpp"

namespace aspm::host {

/// True while the push goes on by itself: the script looks again and again then.
bool isUnderWay(aspm_push_state state);

/// The attribute for an element that changes while the push is under way.
Html liveMark(const PushRecord& push);

/// Where the push stands, with what the plugin says and what to do.
Html pushSummary(const PushRecord& push);

} // namespace aspm::host
