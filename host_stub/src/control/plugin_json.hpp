#pragma once

#include <Poco/JSON/Object.h>

#include <aspm_host/plugin.hpp>

namespace aspm::host {

/// What a plugin says about itself in its manifest.
Poco::JSON::Object::Ptr manifestToJson(const Manifest& manifest);

/// All that the host knows about a loaded plugin: its manifest and what it registered.
Poco::JSON::Object::Ptr pluginToJson(const Plugin& plugin);

} // namespace aspm::host
