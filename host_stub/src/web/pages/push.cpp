#include "all.hpp"

namespace aspm::host {

PushOutcome pushFor(const View& view, PushOrder order) {
    StubHost::PushHook hook = view.host.pushHook();
    if (hook.plugin == nullptr)
        throw HttpError(409, "No plugin that makes tickets is loaded.",
                        "Start the host with one: host_stub serve --plugin DIR.");
    order.organisation = view.organisation();
    order.requestedBy = view.principal;
    // The token is for pages; what is pushed may be remembered.
    order.requestedBy->csrfToken.clear();
    return view.host.pusher().push(*hook.plugin, hook.info.id, order);
}

} // namespace aspm::host
