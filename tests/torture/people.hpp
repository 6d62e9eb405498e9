#pragma once

#include "evidence.hpp"
#include "world.hpp"

#include <set>
#include <string>
#include <vector>

namespace torture {

/// What people do on both sides while everything else fails, and what must have become of it. A finding's
/// status is changed on one side only, Jira's or ours, so that there is one truth at the end. One thread.
class People {
public:
    People(World& world, Dice& dice, Diary& diary) : _world(world), _dice(dice), _diary(diary) {}

    /// New findings, and tickets asked for. Whatever the host says: it may die meanwhile.
    void import(int count);
    void pushAll();

    /// Some things that people in Jira do.
    void actInJira(int count);
    /// Some decisions on our side.
    void actHere(int count);

    /// Into the evidence: what was said, decided and deleted.
    void testify(Evidence& evidence) const;

private:
    struct Known {
        std::string id, title;
    };

    static bool isJiras(const std::string& title);
    void changeTicket(const test_support::Json& issue);
    void move(const test_support::Json& issue);
    void comment(const test_support::Json& issue);
    void editComment(const test_support::Json& issue);
    void remove(const test_support::Json& issue);
    void decide(const Known& finding);
    std::vector<Known> findings() const;

    World& _world;
    Dice& _dice;
    Diary& _diary;
    int _imported = 0;
    int _remarks = 0;
    int _decisions = 0;
    std::vector<Said> _said;
    std::set<std::string> _deleted;
    std::set<std::string> _reasons;
};

/// All findings of the organisation, as the control API has them.
std::vector<test_support::Json> allFindings(const test_support::StubHost& host);

} // namespace torture
