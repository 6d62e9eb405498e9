#include "outward_side.hpp"

namespace jira_plugin::sync {

OutwardSide::OutwardSide(push::PushParts& parts, push::PushWorker& pushes, SettingsSource& settings,
                         Inward& inward)
    : _parts(parts, settings, inward), _worker(_parts), _outward(_parts, [this] { _worker.wake(); }),
      _links(parts, inward, [&pushes] { pushes.wake(); }),
      _desk(parts.database, parts.host.clock, [this] { _worker.wake(); }) {}

void OutwardSide::stop(const std::function<void()>& cut) {
    _worker.stop(std::chrono::seconds(2), cut);
}

} // namespace jira_plugin::sync
