/// Builds one JsonValue from parser events.
#pragma once

#include "json_value.hpp"

#include <string>
#include <vector>

namespace aspm::host::sarif {

/// Takes the events of one object or array. Members that nobody reads can be left out, so that a result with
/// a long code flow costs no memory.
class SubtreeBuilder {
public:
    /// `wanted` names the members kept at the top of the subtree; empty keeps all.
    void begin(std::string path, const std::vector<std::string>* wanted, std::size_t maxValues);

    void startContainer(JsonValue::Kind kind);
    /// True when the subtree is complete with this.
    bool endContainer();
    void key(const std::string& name);
    void value(JsonValue value);

    JsonPart take() { return std::move(_part); }

private:
    JsonValue* place(JsonValue&& value);

    JsonPart _part;
    const std::vector<std::string>* _wanted = nullptr;
    std::size_t _maxValues = 0;
    std::size_t _values = 0;
    std::vector<JsonValue*> _open; ///< Only the last one grows, so the pointers stay valid.
    std::string _key;
    bool _keyWanted = true;
    std::size_t _skipDepth = 0; ///< Open containers below an unwanted member.
};

} // namespace aspm::host::sarif
