#pragma once

#include "crowd.hpp"
#include "diary.hpp"
#include "evidence.hpp"
#include "host_group.hpp"

namespace torture {

/// The end of a run of many hosts: all of them live, nothing fails any more, everything gets the time that it
/// needs, and what there is is gathered.
class HostsPeace {
public:
    HostsPeace(HostGroup& group, const Crowd& crowd, Diary& diary)
        : _group(group), _crowd(crowd), _diary(diary) {}

    /// The crowd is stopped and all hosts are up. What there is when nothing waits any more.
    Evidence evidence();
    /// The same after a comparison with Jira.
    Evidence comparedEvidence();
    /// Whether Jira told of everything, so that there is nothing to make up for.
    bool isAllTold() const;

private:
    void pushTheRest();
    void settle(Evidence& evidence);
    bool isQuiet() const;
    std::string whatWaits() const;
    void compare(Evidence& evidence);
    void gather(Evidence& evidence) const;
    std::string jiraSays() const;

    HostGroup& _group;
    const Crowd& _crowd;
    Diary& _diary;
};

} // namespace torture
