#pragma once

#include "world.hpp"

#include <memory>
#include <string>

namespace torture {

/// What goes wrong around the host, as the dice have it. All of it ends with calm(). One thread.
class Troubles {
public:
    Troubles(World& world, Dice& dice, Diary& diary);
    ~Troubles();
    Troubles(const Troubles&) = delete;
    Troubles& operator=(const Troubles&) = delete;

    /// Other faults of Jira and another weather, sometimes none.
    void stir();
    /// Something about the machine or the tokens; the host must run.
    void strike();
    /// What struck the machine ends, as it does by itself after a while.
    void relent();
    void calm();

    /// Where the host may die next; empty: nowhere in particular.
    std::string killOrder();
    /// The same for the first start and for connecting.
    std::string killOrderOfBeginning();
    /// The same for disconnecting.
    std::string killOrderOfFarewell();

    /// Whether the connection may have ended for good: on Cloud by a pause longer than Atlassian takes the
    /// old token for; on Data Center, which takes the old one no longer at all, by any renewal.
    bool mayHaveEnded() const { return _hadLongPause || (_hadExpiry && !_world.isCloud()); }

private:
    class Lock;

    void stirJira();
    void stirNetwork();
    void lockDatabase();
    void fillDisk();
    void moveClocks();
    void expireTokens();

    World& _world;
    Dice& _dice;
    Diary& _diary;
    std::unique_ptr<Lock> _lock;
    bool _isLongLock = false;
    bool _isFull = false;
    bool _hadLongPause = false;
    bool _hadExpiry = false; ///< of access tokens, perhaps
};

} // namespace torture
