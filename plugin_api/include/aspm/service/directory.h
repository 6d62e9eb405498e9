/* Host service "aspm.directory/1": organisations, projects, members, roles. */
#ifndef ASPM_SERVICE_DIRECTORY_H
#define ASPM_SERVICE_DIRECTORY_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_DIRECTORY_1 "aspm.directory/1"

typedef struct aspm_organisation {
    uint32_t struct_size;
    aspm_str id;
    aspm_str name;
} aspm_organisation;

typedef struct aspm_project {
    uint32_t struct_size;
    aspm_str organisation;
    aspm_str id;
    aspm_str key;  /* e.g. payments-api */
    aspm_str name; /* for people */
} aspm_project;

typedef struct aspm_member {
    uint32_t struct_size;
    aspm_roles roles;
    aspm_str organisation;
    aspm_str user; /* id */
    aspm_str name;
    aspm_str email; /* may be empty */
} aspm_member;

/* Each receives one element, borrowed until it returns; answers non-zero to go on, 0 to stop the listing
 * (which is then still ASPM_OK). context: the caller's own. Must not throw. */
typedef int32_t (*aspm_organisation_fn)(void* context, const aspm_organisation* organisation);
typedef int32_t (*aspm_project_fn)(void* context, const aspm_project* project);
typedef int32_t (*aspm_member_fn)(void* context, const aspm_member* member);

typedef struct aspm_directory {
    uint32_t struct_size;
    void* impl;

    /* All organisations that this plugin is enabled for. [any] */
    aspm_status (*organisations)(const struct aspm_directory* directory, aspm_call* call,
                                 aspm_organisation_fn fn, void* context);

    /* Projects of one organisation in the order of their keys, those after the key `after` (empty: from the
     * first). [any] */
    aspm_status (*projects)(const struct aspm_directory* directory, aspm_call* call, aspm_str organisation,
                            aspm_str after, aspm_project_fn fn, void* context);

    /* One project by id. ASPM_NOT_FOUND also when it belongs to another organisation. [any] */
    aspm_status (*project)(const struct aspm_directory* directory, aspm_call* call, aspm_str organisation,
                           aspm_str project, aspm_project_fn fn, void* context);

    /* Members of one organisation with any of these roles (0: all). [any] */
    aspm_status (*members)(const struct aspm_directory* directory, aspm_call* call, aspm_str organisation,
                           aspm_roles roles, aspm_member_fn fn, void* context);

    /* One member by user id. ASPM_NOT_FOUND also when the user is not in this organisation. [any] */
    aspm_status (*member)(const struct aspm_directory* directory, aspm_call* call, aspm_str organisation,
                          aspm_str user, aspm_member_fn fn, void* context);
} aspm_directory;

#ifdef __cplusplus
}
#endif

#endif
