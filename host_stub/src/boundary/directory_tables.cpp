// Who and what there is: directory, ownership.
#include "service_guard.hpp"
#include "service_tables.hpp"
#include "views.hpp"

namespace aspm::host {

namespace {

DirectoryService& directoryOf(void* impl) {
    return *InstanceCore::of(impl).services().directory;
}

ServiceError notFound(const char* what) {
    return ServiceError(ASPM_NOT_FOUND, std::string("There is no such ") + what + " in this organisation.");
}

aspm_status directoryOrganisations(const aspm_directory* directory, aspm_call* call, aspm_organisation_fn fn,
                                   void* context) {
    return serve(directory->impl, call, "directory.organisations", [&] {
        requireFunction(fn);
        directoryOf(directory->impl).organisations([&](const Organisation& organisation) {
            aspm_organisation seen = organisationView(organisation);
            return callBack(directory->impl, "directory.organisations", [&] { return fn(context, &seen); }) !=
                   0;
        });
    });
}

aspm_status directoryProjects(const aspm_directory* directory, aspm_call* call, aspm_str organisation,
                              aspm_str after, aspm_project_fn fn, void* context) {
    return serve(directory->impl, call, "directory.projects", [&] {
        requireFunction(fn);
        auto each = [&](const Project& project) {
            aspm_project seen = projectView(project);
            return callBack(directory->impl, "directory.projects", [&] { return fn(context, &seen); }) != 0;
        };
        directoryOf(directory->impl)
            .projects(textFrom(organisation, "The organisation"), textFrom(after, "The key to begin after"),
                      each);
    });
}

aspm_status directoryProject(const aspm_directory* directory, aspm_call* call, aspm_str organisation,
                             aspm_str id, aspm_project_fn fn, void* context) {
    return serve(directory->impl, call, "directory.project", [&] {
        requireFunction(fn);
        auto project = directoryOf(directory->impl)
                           .project(textFrom(organisation, "The organisation"), textFrom(id, "The project"));
        if (!project)
            throw notFound("project");
        aspm_project seen = projectView(*project);
        callBack(directory->impl, "directory.project", [&] { return fn(context, &seen); });
    });
}

aspm_status directoryMembers(const aspm_directory* directory, aspm_call* call, aspm_str organisation,
                             aspm_roles roles, aspm_member_fn fn, void* context) {
    return serve(directory->impl, call, "directory.members", [&] {
        requireFunction(fn);
        auto each = [&](const Member& member) {
            aspm_member seen = memberView(member);
            return callBack(directory->impl, "directory.members", [&] { return fn(context, &seen); }) != 0;
        };
        directoryOf(directory->impl).members(textFrom(organisation, "The organisation"), roles, each);
    });
}

aspm_status directoryMember(const aspm_directory* directory, aspm_call* call, aspm_str organisation,
                            aspm_str user, aspm_member_fn fn, void* context) {
    return serve(directory->impl, call, "directory.member", [&] {
        requireFunction(fn);
        auto member = directoryOf(directory->impl)
                          .member(textFrom(organisation, "The organisation"), textFrom(user, "The user"));
        if (!member)
            throw notFound("member");
        aspm_member seen = memberView(*member);
        callBack(directory->impl, "directory.member", [&] { return fn(context, &seen); });
    });
}

aspm_status ownershipOwner(const aspm_ownership* ownership, aspm_call* call, aspm_str organisation,
                           aspm_str finding, aspm_member_fn fn, void* context) {
    return serve(ownership->impl, call, "ownership.owner", [&] {
        requireFunction(fn);
        auto owner = InstanceCore::of(ownership->impl)
                         .services()
                         .ownership->owner(textFrom(organisation, "The organisation"),
                                           textFrom(finding, "The finding"));
        if (!owner)
            throw ServiceError(ASPM_NOT_FOUND, "No ownership policy matches this finding.",
                               "Add a policy for its file or rule, or choose a default assignee.");
        aspm_member seen = memberView(*owner);
        callBack(ownership->impl, "ownership.owner", [&] { return fn(context, &seen); });
    });
}

} // namespace

aspm_directory makeDirectoryTable(InstanceCore& core) {
    return {
        sizeof(aspm_directory), &core,          directoryOrganisations, directoryProjects, directoryProject,
        directoryMembers,       directoryMember};
}

aspm_ownership makeOwnershipTable(InstanceCore& core) {
    return {sizeof(aspm_ownership), &core, ownershipOwner};
}

} // namespace aspm::host
