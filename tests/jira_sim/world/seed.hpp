#pragma once

#include "world/model.hpp"
#include "world/random.hpp"
#include "world/site.hpp"

/// The world that every run starts with. README.md of jira_sim lists it.
namespace jira_sim::seed {

void people(std::vector<User>& users, Random& random);
/// Priorities, statuses, resolutions and fields.
void schemes(Site& site);
void projects(Site& site, const std::vector<User>& users, Random& random);
/// `count` more company-managed projects with keys P0001, P0002, ...
void generatedProjects(Site& site, const std::vector<User>& users, Random& random, int count);
/// Turns a site and its people into those of a Data Center: no team-managed project, epics by Epic Link.
void asDataCenter(Site& site, std::vector<User>& users);

} // namespace jira_sim::seed
