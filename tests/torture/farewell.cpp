#include "farewell.hpp"

#include "canary.hpp"

namespace torture {

using namespace test_support;

void Farewell::say(Evidence& evidence) {
    const auto before = sealedIn(_world.host.data());
    disconnectInTrouble();
    insist();
    if (_world.connectionState() != "not_connected")
        evidence.broken.push_back("Jira was disconnected, and its state is " + _world.connectionState());
    const auto after = sealedIn(_world.host.data());
    // On Data Center the private key stays: the link in Jira does, too.
    if (after.size() > (_world.isCloud() ? 0 : 1))
        evidence.leaks.push_back(std::to_string(after.size()) + " of " + std::to_string(before.size()) +
                                 " sealed secrets are there after Jira was disconnected");
    _world.connect();
    _world.map();
}

void Farewell::disconnectInTrouble() {
    _troubles.stir();
    _world.kill("before the farewell");
    while (_world.isDown() && !_world.start(_troubles.killOrderOfFarewell())) {
    }
    try {
        _world.disconnect();
        _diary.note("Jira was disconnected at once");
    } catch (const std::exception& problem) {
        _diary.note(std::string("while disconnecting: ") + problem.what());
    }
    _world.isDown(); // counts the death
}

/// As an admin does who sees that it is still connected.
void Farewell::insist() {
    _troubles.calm();
    _world.kill("after the farewell");
    _world.bringUp();
    _world.setClockRight();
    if (_world.connectionState() != "not_connected")
        _world.disconnect();
}

} // namespace torture
