#pragma once

#include "diary.hpp"
#include "dice.hpp"
#include "gate.hpp"
#include "jira_steps.hpp"
#include "simulator.hpp"
#include "stub_host.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace torture {

/// The organisation that everything happens to.
inline const std::string organisation = "acme";

/// A project of ours and where its tickets go.
struct Mapped {
    std::string project, jiraProject, issueType;
};

/// Jira, the network to it, and the host of one run. One thread.
class World {
    Diary& _diary;
    std::string _deployment;
    std::vector<Mapped> _projects;
    bool _isShipped; ///< the host loads the library without kill points

public:
    /// The dice decide which Jira it is and what is mapped. Nothing runs but Jira.
    World(std::uint64_t seed, Dice& dice, Diary& diary);

    bool isCloud() const { return _deployment == "cloud"; }
    const std::string& deployment() const { return _deployment; }
    const std::vector<Mapped>& projects() const { return _projects; }
    bool isShipped() const { return _isShipped; }

    /// Starts a host that does not run. killPoint: as kill_points.cpp reads it; empty: none. False when it
    /// died of that while it started; everything else that keeps it from starting throws std::runtime_error.
    bool start(const std::string& killPoint = "");
    /// As often as it takes, without kill point.
    void bringUp();
    /// kill -9.
    void kill(const std::string& why);
    /// Notes a death that happened by itself. True when the host is down. Throws when nobody wanted that.
    bool isDown();

    /// As an admin does, from authorisation to mapping; what is there already is left alone. Throws when a
    /// step fails.
    void connect();
    void map();
    void disconnect();
    std::string connectionState() const;

    /// Both clocks go on together.
    void advance(std::chrono::milliseconds by);
    /// The host's clock alone, forward or back.
    void jump(std::chrono::milliseconds by);
    /// Puts the host's clock right again.
    void setClockRight();
    /// What jira_plugin::isMissing says of a part from now on.
    void setMissing(const std::string& part, bool isMissing) const;

    test_support::Gate gate;
    test_support::Simulator jira;
    test_support::StubHost host;

private:
    std::filesystem::path missingParts() const;
    void connectCloud();
    void connectServer();

    std::chrono::milliseconds _jiraAhead{0};
    std::string _killAt;    ///< of the last start; empty: no kill point
    bool _isCounted = true; ///< the last death is in the diary
};

/// The client secret of the app, which must turn up nowhere.
inline const std::string clientSecret = "canary-client-secret-4711";

} // namespace torture
