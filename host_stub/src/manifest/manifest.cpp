#include <aspm_host/manifest.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <aspm/version.h>

#include "json_text.hpp"
#include "schema_check.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t maxManifestBytes = std::size_t{256} * 1024;

Problem about(const std::filesystem::path& directory, const std::string& what, const std::string& remedy) {
    std::string where = directory.empty() ? "manifest.json" : (directory / "manifest.json").string();
    return Problem(where + ": " + what, remedy);
}

/// "contributions[0].kind" of "/contributions/0/kind".
std::string memberName(const std::string& path) {
    std::string name;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '/');) {
        if (part.empty())
            continue;
        bool index = std::all_of(part.begin(), part.end(), [](unsigned char c) { return std::isdigit(c); });
        name += index ? "[" + part + "]" : (name.empty() ? "" : ".") + part;
    }
    return name;
}

std::vector<std::string> texts(const Poco::JSON::Array::Ptr& array) {
    std::vector<std::string> out;
    for (std::size_t i = 0; array && i < array->size(); ++i)
        out.push_back(array->getElement<std::string>(static_cast<unsigned>(i)));
    return out;
}

/// Calls fn with every object of an array member that may be absent.
template <typename Fn> void eachObject(const Poco::JSON::Object::Ptr& object, const char* member, Fn fn) {
    auto array = object->getArray(member);
    for (std::size_t i = 0; array && i < array->size(); ++i)
        fn(array->getObject(static_cast<unsigned>(i)));
}

Manifest take(const Poco::JSON::Object::Ptr& json) {
    Manifest manifest;
    manifest.id = json->getValue<std::string>("id");
    manifest.name = json->getValue<std::string>("name");
    manifest.description = json->optValue<std::string>("description", "");
    manifest.version = json->getValue<std::string>("version");
    manifest.licence = json->getValue<std::string>("licence");
    manifest.libraryFile = json->getObject("library")->getValue<std::string>("file");
    manifest.librarySha256 = json->getObject("library")->getValue<std::string>("sha256");
    manifest.abiMajor = json->getObject("abi")->getValue<Poco::UInt16>("major");
    manifest.abiMinorMin = json->getObject("abi")->getValue<Poco::UInt16>("minor_min");
    manifest.requiredServices = texts(json->getObject("services")->getArray("required"));
    manifest.optionalServices = texts(json->getObject("services")->getArray("optional"));
    eachObject(json, "contributions", [&](const Poco::JSON::Object::Ptr& o) {
        manifest.contributions.push_back({o->getValue<std::string>("kind"), o->getValue<std::string>("id")});
    });
    eachObject(json, "config", [&](const Poco::JSON::Object::Ptr& o) {
        ManifestConfigKey key;
        key.key = o->getValue<std::string>("key");
        key.type = o->getValue<std::string>("type");
        key.description = o->getValue<std::string>("description");
        key.secret = o->optValue<bool>("secret", false);
        key.hasDefault = o->has("default");
        if (key.hasDefault)
            key.defaultValue = o->get("default").toString();
        manifest.config.push_back(key);
    });
    eachObject(json, "network", [&](const Poco::JSON::Object::Ptr& o) {
        manifest.network.push_back(
            {o->getValue<std::string>("destination"), o->getValue<std::string>("purpose")});
    });
    return manifest;
}

void refuseTwice(const Manifest& manifest, const JsonText& lines) {
    std::set<std::string> seen;
    auto once = [&](const std::string& what, const std::string& path, const std::string& remedy) {
        if (!seen.insert(what).second)
            throw about(manifest.directory,
                        "line " + std::to_string(lines.lineOf(path)) + ", " + memberName(path) + " lists " +
                            what + " a second time.",
                        remedy);
    };
    for (std::size_t i = 0; i < manifest.contributions.size(); ++i)
        once(manifest.contributions[i].kind + " \"" + manifest.contributions[i].id + "\"",
             "/contributions/" + std::to_string(i), "Remove one of the two lines.");
    for (std::size_t i = 0; i < manifest.config.size(); ++i)
        once("the key " + manifest.config[i].key, "/config/" + std::to_string(i),
             "Remove one of the two entries.");
    for (std::size_t i = 0; i < manifest.requiredServices.size(); ++i)
        once(manifest.requiredServices[i], "/services/required/" + std::to_string(i), "List it once.");
    for (std::size_t i = 0; i < manifest.optionalServices.size(); ++i)
        once(manifest.optionalServices[i], "/services/optional/" + std::to_string(i),
             "List it once, as required or as optional.");
}

std::string readText(const std::filesystem::path& directory) {
    std::filesystem::path file = directory / "manifest.json";
    std::error_code ignored;
    if (!std::filesystem::is_directory(directory, ignored))
        throw Problem("There is no plugin directory " + directory.string() + ".",
                      "Give the directory that holds the plugin's manifest.json.");
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw Problem(
            "There is no readable manifest.json in " + directory.string() + ".",
            "A plugin is a directory with its manifest.json and its library; build the plugin, or give "
            "the directory that the build wrote.");
    std::string text(maxManifestBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

} // namespace

bool Manifest::lists(const std::string& kind, const std::string& contributionId) const {
    return std::any_of(contributions.begin(), contributions.end(), [&](const ManifestContribution& c) {
        return c.kind == kind && c.id == contributionId;
    });
}

bool Manifest::listsService(const std::string& service) const {
    auto in = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), service) != list.end();
    };
    return in(requiredServices) || in(optionalServices);
}

const ManifestConfigKey* Manifest::configKey(const std::string& key) const {
    for (const ManifestConfigKey& entry : config)
        if (entry.key == key)
            return &entry;
    return nullptr;
}

Manifest Manifest::read(const std::filesystem::path& directory) {
    return parse(readText(directory), std::filesystem::absolute(directory));
}

Manifest Manifest::parse(const std::string& text, const std::filesystem::path& directory) {
    if (text.size() > maxManifestBytes)
        throw about(directory, "it is larger than 256 KiB.",
                    "A manifest holds a few dozen lines; check the file.");
    try {
        JsonText lines(text);
        Poco::Dynamic::Var json = Poco::JSON::Parser().parse(text);
        if (json.type() != typeid(Poco::JSON::Object::Ptr))
            throw Problem("it is not a JSON object.", "Begin from an example's manifest.json.");
        auto violations = checkManifestSchema(json);
        if (!violations.empty()) {
            // The most particular place says most: the error of an outer object only repeats it.
            auto worst =
                std::max_element(violations.begin(), violations.end(),
                                 [](const auto& a, const auto& b) { return a.path.size() < b.path.size(); });
            std::string member = memberName(worst->path);
            throw Problem("line " + std::to_string(lines.lineOf(worst->path)) + ", " +
                              (member.empty() ? "the manifest" : member) + ": " + worst->what,
                          "See plugin_api/manifest.schema.json for what belongs there.");
        }
        Manifest manifest = take(json.extract<Poco::JSON::Object::Ptr>());
        manifest.directory = directory;
        refuseTwice(manifest, lines);
        return manifest;
    } catch (const Poco::Exception& e) {
        throw about(directory, "it is not valid JSON: " + e.displayText() + ".", "Correct the file.");
    } catch (const Problem& problem) {
        std::string where = directory.empty() ? "manifest.json" : (directory / "manifest.json").string();
        if (problem.message().compare(0, where.size(), where) == 0)
            throw;
        throw about(directory, problem.message(), problem.remedy());
    }
}

void checkBeforeLoading(const Manifest& manifest, const std::vector<std::string>& servicesOfHost) {
    if (!ASPM_ABI_COMPATIBLE(ASPM_ABI_MAJOR, ASPM_ABI_MINOR, manifest.abiMajor, manifest.abiMinorMin)) {
        std::string needs = std::to_string(manifest.abiMajor) + "." + std::to_string(manifest.abiMinorMin);
        std::string has = std::to_string(ASPM_ABI_MAJOR) + "." + std::to_string(ASPM_ABI_MINOR);
        throw about(manifest.directory,
                    "the plugin needs plugin ABI " + needs + ", this host has " + has + ".",
                    manifest.abiMajor == ASPM_ABI_MAJOR
                        ? "Use a newer host, or a build of the plugin that needs less."
                        : "Use a build of the plugin for ABI major " + std::to_string(ASPM_ABI_MAJOR) + ".");
    }
    for (const std::string& service : manifest.requiredServices)
        if (std::find(servicesOfHost.begin(), servicesOfHost.end(), service) == servicesOfHost.end())
            throw about(
                manifest.directory, "services.required lists " + service + ", which this host does not have.",
                "Use a host that has it, or list it under services.optional when the plugin can do without.");
    std::string digest = sha256OfFile(manifest.library());
    if (digest != manifest.librarySha256)
        throw about(
            manifest.directory,
            "library.sha256 is " + manifest.librarySha256.substr(0, 12) + "..., but the SHA-256 of " +
                manifest.libraryFile + " is " + digest.substr(0, 12) + "....",
            "The library was changed after the manifest was written: build the plugin again, or get both "
            "from their source again. It was not opened.");
}

} // namespace aspm::host
