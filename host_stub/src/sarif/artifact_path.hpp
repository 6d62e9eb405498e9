/// From the URIs of a report to the paths that people and ownership rules use.
#pragma once

#include "json_value.hpp"

#include <map>
#include <string>
#include <vector>

namespace aspm::host::sarif {

/// Resolves %XX sequences. A sequence that is broken, or that would give a control character or invalid
/// UTF-8, leaves the whole text as it was.
std::string percentDecode(const std::string& text);

/// '/' as separator, without "./", "//" and "folder/../". Leading "../" stay.
std::string normalisePath(const std::string& path);

/// `originalUriBaseIds` and the working directory of a run: what its relative URIs are relative to.
class UriBases {
public:
    UriBases() = default;

    /// Either view may be empty.
    UriBases(const JsonView& originalUriBaseIds, const JsonView& invocations);

    /// A path relative to the outermost base where one fits, else an absolute path. Folders that the report
    /// names by a relative base are put in front; an absolute base (the checkout on the build machine) is
    /// left out, since it differs between machines. URIs that are not files are returned without credentials.
    std::string pathFor(const std::string& uri, const std::string& baseId) const;

private:
    struct Base {
        std::string uri;
        std::string parent;
    };

    std::string relativePrefix(const std::string& baseId) const;
    std::string withoutRoot(const std::string& absolutePath) const;

    std::map<std::string, Base> _bases;
    std::vector<std::string> _roots; ///< Absolute folders, each with a '/' at the end, longest first.
};

} // namespace aspm::host::sarif
