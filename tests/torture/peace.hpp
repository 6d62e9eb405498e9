#pragma once

#include "evidence.hpp"
#include "people.hpp"
#include "troubles.hpp"

namespace torture {

/// The end of a run: nothing fails any more, everything gets the time that it needs, and what there is is
/// gathered.
class Peace {
public:
    Peace(World& world, Troubles& troubles, People& people, Diary& diary)
        : _world(world), _troubles(troubles), _people(people), _diary(diary) {}

    Evidence evidence();

private:
    void come();
    void reconnectIfNeeded();
    std::string jiraSays() const;
    bool isAlarmed() const;
    bool isQuiet() const;
    std::string whatWaits() const;
    void settle();
    void compare();
    void pushMore();
    Footprint footprint() const;
    void gather();

    World& _world;
    Troubles& _troubles;
    People& _people;
    Diary& _diary;
    Evidence _evidence;
};

} // namespace torture
