#include "push_marks.hpp"

#include "layout.hpp"

namespace aspm::host {

bool isUnderWay(aspm_push_state state) {
    return state == ASPM_PUSH_QUEUED || state == ASPM_PUSH_WAITING || state == ASPM_PUSH_IN_DOUBT;
}

Html liveMark(const PushRecord& push) {
    return isUnderWay(push.state) ? "data-live data-busy"_html() : "data-live"_html();
}

Html pushSummary(const PushRecord& push) {
    Html out = pushBadge(push.state);
    if (!push.message.empty())
        out += R"( <span class="said">{}</span>)"_html(push.message);
    if (!push.remedy.empty())
        out += R"( <span class="said quiet">{}</span>)"_html(push.remedy);
    return out;
}

} // namespace aspm::host
