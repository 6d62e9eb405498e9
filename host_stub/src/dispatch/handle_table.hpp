#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace aspm::host {

/// Gives objects handles that look like pointers but are numbers, never used twice in the life of the
/// process: a plugin that uses a handle too late is told so and reads no freed memory. Each handle carries
/// the number of its plugin instance.
template <typename T> class HandleTable {
public:
    /// instance: below 2^24.
    std::uintptr_t add(std::uint64_t instance, std::shared_ptr<T> object) {
        static_assert(sizeof(std::uintptr_t) == 8, "handles need 64 bits");
        std::lock_guard<std::mutex> lock(_mutex);
        std::uint64_t handle = (instance << 40) | ((++_last & 0xFFFFFFFFFu) << 3);
        _objects[handle] = std::move(object);
        return handle;
    }

    std::shared_ptr<T> find(std::uintptr_t handle) const {
        std::lock_guard<std::mutex> lock(_mutex);
        auto found = _objects.find(handle);
        return found == _objects.end() ? nullptr : found->second;
    }

    /// name: what a late use of the handle is reported as.
    void remove(std::uintptr_t handle, std::string name) {
        typename Objects::node_type removed; // freed after the lock, as is the name that is forgotten
        std::lock_guard<std::mutex> lock(_mutex);
        removed = _objects.extract(handle);
        if (removed.empty())
            return;
        auto& [past, pastName] = _past[_removals++ % _past.size()];
        past = handle;
        pastName.swap(name);
    }

    std::vector<std::shared_ptr<T>> allOf(std::uint64_t instance) const {
        std::lock_guard<std::mutex> lock(_mutex);
        std::vector<std::shared_ptr<T>> out;
        for (auto it = _objects.lower_bound(instance << 40);
             it != _objects.end() && it->first >> 40 == instance; ++it)
            out.push_back(it->second);
        return out;
    }

    /// What a removed handle was, or empty.
    std::string pastName(std::uintptr_t handle) const {
        std::lock_guard<std::mutex> lock(_mutex);
        for (const auto& [past, name] : _past)
            if (past == handle)
                return name;
        return {};
    }

    static std::uint64_t instanceOf(std::uintptr_t handle) { return handle >> 40; }

private:
    using Objects = std::map<std::uintptr_t, std::shared_ptr<T>>;
    mutable std::mutex _mutex;
    std::uint64_t _last = 0;
    Objects _objects;
    std::array<std::pair<std::uintptr_t, std::string>, 512> _past{}; ///< the latest, in a ring
    std::size_t _removals = 0;
};

} // namespace aspm::host
