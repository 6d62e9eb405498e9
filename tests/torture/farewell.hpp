#pragma once

#include "evidence.hpp"
#include "troubles.hpp"

namespace torture {

/// The end of a connection: an admin disconnects Jira while things fail and the host dies, and connects it
/// again.
class Farewell {
public:
    Farewell(World& world, Troubles& troubles, Diary& diary)
        : _world(world), _troubles(troubles), _diary(diary) {}

    /// Writes into the evidence what is wrong afterwards.
    void say(Evidence& evidence);

private:
    void disconnectInTrouble();
    void insist();

    World& _world;
    Troubles& _troubles;
    Diary& _diary;
};

} // namespace torture
