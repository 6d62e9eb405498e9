#include "subtree_builder.hpp"

#include "sarif_problem.hpp"

#include <algorithm>

namespace aspm::host::sarif {

void SubtreeBuilder::begin(std::string path, const std::vector<std::string>* wanted, std::size_t maxValues) {
    _part.path = std::move(path);
    _part.root = {};
    _wanted = wanted;
    _maxValues = maxValues;
    _values = 0;
    _open.clear();
    _keyWanted = true;
    _skipDepth = 0;
}

void SubtreeBuilder::startContainer(JsonValue::Kind kind) {
    if (_skipDepth > 0 || !_keyWanted) {
        ++_skipDepth;
        return;
    }
    JsonValue container;
    container.kind = kind;
    _open.push_back(place(std::move(container)));
}

bool SubtreeBuilder::endContainer() {
    if (_skipDepth > 0) {
        if (--_skipDepth == 0)
            _keyWanted = true;
        return false;
    }
    _open.pop_back();
    return _open.empty();
}

void SubtreeBuilder::key(const std::string& name) {
    if (_skipDepth > 0)
        return;
    _keyWanted =
        !_wanted || _open.size() > 1 || std::find(_wanted->begin(), _wanted->end(), name) != _wanted->end();
    if (_keyWanted)
        _key = name;
}

void SubtreeBuilder::value(JsonValue value) {
    if (_skipDepth > 0)
        return;
    if (_keyWanted)
        place(std::move(value));
    _keyWanted = true;
}

JsonValue* SubtreeBuilder::place(JsonValue&& value) {
    if (++_values > _maxValues)
        throw notSarif(_part.path, "holds more than " + std::to_string(_maxValues) + " values");
    if (_open.empty()) {
        _part.root = std::move(value);
        return &_part.root;
    }
    JsonValue& parent = *_open.back();
    if (parent.kind == JsonValue::Kind::Object)
        parent.names.push_back(_key);
    parent.items.push_back(std::move(value));
    return &parent.items.back();
}

} // namespace aspm::host::sarif
