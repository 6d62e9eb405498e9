#include "world/adf_schema.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

#include <Poco/RegularExpression.h>

#include "embedded_files.hpp"

namespace jira_sim {

namespace {

enum Kind : unsigned {
    Any = 0,
    ObjectKind = 1,
    ArrayKind = 2,
    StringKind = 4,
    NumberKind = 8,
    BoolKind = 16
};

Kind kindOf(const std::string& name) {
    static const std::map<std::string, Kind> kinds = {{"object", ObjectKind},
                                                      {"array", ArrayKind},
                                                      {"string", StringKind},
                                                      {"number", NumberKind},
                                                      {"boolean", BoolKind}};
    const auto found = kinds.find(name);
    if (found == kinds.end())
        throw std::runtime_error("ADF schema: unsupported type " + name);
    return found->second;
}

unsigned kindOf(const json::Value& value) {
    if (json::isObject(value))
        return ObjectKind;
    if (json::isArray(value))
        return ArrayKind;
    if (json::isString(value))
        return StringKind;
    if (json::isBool(value))
        return BoolKind;
    return json::isNumber(value) ? static_cast<unsigned>(NumberKind) : 0U;
}

} // namespace

struct AdfSchema::Node {
    unsigned kind = Any;
    std::vector<std::string> strings; ///< enum of strings
    std::vector<double> numbers;      ///< enum of numbers
    std::map<std::string, const Node*> properties;
    std::vector<std::string> required;
    bool additional = true;
    const Node* items = nullptr;
    std::vector<const Node*> tuple;
    std::size_t minItems = 0, maxItems = SIZE_MAX, minLength = 0;
    double minimum = -1e300, maximum = 1e300;
    std::unique_ptr<Poco::RegularExpression> pattern;
    std::vector<const Node*> anyOf, allOf;

    /// The names that `type` may have, when the schema pins them down; null otherwise.
    const std::vector<std::string>* typeNames() const {
        const auto found = properties.find("type");
        if (found != properties.end() && !found->second->strings.empty())
            return &found->second->strings;
        for (const Node* part : allOf)
            if (const auto* names = part->typeNames())
                return names;
        return nullptr;
    }
};

struct AdfSchema::Compiler {
    explicit Compiler(const json::ObjectPtr& schema)
        : definitions(json::asObject(json::member(schema, "definitions"))) {}

    const Node* compile(const json::Value& value) {
        json::ObjectPtr schema = json::asObject(value);
        if (schema.isNull())
            throw std::runtime_error("ADF schema: a schema is not an object");
        if (schema->has("$ref"))
            return reference(json::memberString(schema, "$ref"));
        Node& node = nodes.emplace_back();
        fill(node, schema);
        return &node;
    }

    const Node* reference(const std::string& ref) {
        static const std::string prefix = "#/definitions/";
        const std::string name = ref.compare(0, prefix.size(), prefix) == 0 ? ref.substr(prefix.size()) : "";
        if (definitions.isNull() || !definitions->has(name))
            throw std::runtime_error("ADF schema: unknown reference " + ref);
        const auto known = named.find(name);
        if (known != named.end())
            return known->second;
        json::ObjectPtr schema = json::asObject(definitions->get(name));
        if (!schema.isNull() && schema->has("$ref"))
            return named[name] = reference(json::memberString(schema, "$ref"));
        Node& node = nodes.emplace_back();
        named[name] = &node; // before its content: definitions are recursive
        fill(node, schema);
        return &node;
    }

    void fill(Node& node, const json::ObjectPtr& schema) {
        for (const auto& [keyword, value] : *schema)
            keywordInto(node, keyword, value);
    }

    std::vector<const Node*> compileAll(const json::Value& value) {
        std::vector<const Node*> list;
        for (const json::Value& item : *json::asArray(value))
            list.push_back(compile(item));
        return list;
    }

    void keywordInto(Node& node, const std::string& keyword, const json::Value& value) {
        if (keyword == "type")
            node.kind = kindOf(value.convert<std::string>());
        else if (keyword == "enum")
            enumInto(node, value);
        else if (keyword == "properties")
            for (const auto& [name, property] : *json::asObject(value))
                node.properties[name] = compile(property);
        else if (keyword == "required")
            for (const json::Value& name : *json::asArray(value))
                node.required.push_back(name.convert<std::string>());
        else if (keyword == "additionalProperties")
            node.additional = value.convert<bool>();
        else if (keyword == "items" && json::isArray(value))
            node.tuple = compileAll(value);
        else if (keyword == "items")
            node.items = compile(value);
        else if (keyword == "anyOf")
            node.anyOf = compileAll(value);
        else if (keyword == "allOf")
            node.allOf = compileAll(value);
        else if (keyword == "minItems")
            node.minItems = value.convert<std::size_t>();
        else if (keyword == "maxItems")
            node.maxItems = value.convert<std::size_t>();
        else if (keyword == "minLength" && value.convert<int>() == 1) // more would need to count code points
            node.minLength = 1;
        else if (keyword == "minimum")
            node.minimum = value.convert<double>();
        else if (keyword == "maximum")
            node.maximum = value.convert<double>();
        else if (keyword == "pattern") // all of them are anchored at both ends
            node.pattern = std::make_unique<Poco::RegularExpression>(value.convert<std::string>());
        else if (keyword != "description" && keyword != "title")
            throw std::runtime_error("ADF schema: unsupported keyword " + keyword);
    }

    static void enumInto(Node& node, const json::Value& value) {
        for (const json::Value& item : *json::asArray(value)) {
            if (json::isString(item))
                node.strings.push_back(item.convert<std::string>());
            else
                node.numbers.push_back(item.convert<double>());
        }
    }

    json::ObjectPtr definitions;
    std::map<std::string, const Node*> named;
    std::deque<Node> nodes; ///< owns all; addresses stay
};

AdfSchema::AdfSchema(const std::string& schemaText) {
    json::ObjectPtr schema = json::asObject(json::parse(schemaText));
    _compiled = std::make_unique<Compiler>(schema);
    _root = _compiled->reference(json::memberString(schema, "$ref"));
    _compiled->definitions.reset();
}

AdfSchema::~AdfSchema() = default;

const AdfSchema& AdfSchema::instance() {
    static const AdfSchema schema(embedded::adfSchema());
    return schema;
}

bool AdfSchema::accepts(const json::Value& document) const {
    return matches(*_root, document);
}

bool AdfSchema::matches(const Node& node, const json::Value& value) {
    const unsigned kind = kindOf(value);
    if (node.kind != Any && node.kind != kind)
        return false;
    if (kind == ObjectKind && !matchesObject(node, value))
        return false;
    if (kind == ArrayKind && !matchesArray(node, value))
        return false;
    if (!matchesScalar(node, value) || !matchesAny(node, value))
        return false;
    return std::all_of(node.allOf.begin(), node.allOf.end(),
                       [&](const Node* part) { return matches(*part, value); });
}

bool AdfSchema::matchesObject(const Node& node, const json::Value& value) {
    const auto& object = *value.extract<json::ObjectPtr>();
    for (const std::string& name : node.required)
        if (!object.has(name))
            return false;
    if (node.properties.empty() && node.additional)
        return true;
    for (const auto& [name, item] : object) {
        const auto property = node.properties.find(name);
        if (property == node.properties.end() ? !node.additional : !matches(*property->second, item))
            return false;
    }
    return true;
}

bool AdfSchema::matchesArray(const Node& node, const json::Value& value) {
    const auto& array = *value.extract<json::ArrayPtr>();
    if (array.size() < node.minItems || array.size() > node.maxItems)
        return false;
    for (std::size_t i = 0; i < array.size(); ++i) {
        const Node* item = node.items != nullptr   ? node.items
                           : i < node.tuple.size() ? node.tuple[i]
                                                   : nullptr;
        if (item != nullptr && !matches(*item, array.get(static_cast<unsigned>(i))))
            return false;
    }
    return true;
}

bool AdfSchema::matchesScalar(const Node& node, const json::Value& value) {
    if (!node.strings.empty() || !node.numbers.empty()) {
        const bool known =
            json::isString(value)
                ? std::find(node.strings.begin(), node.strings.end(), value.extract<std::string>()) !=
                      node.strings.end()
                : json::isNumber(value) && std::find(node.numbers.begin(), node.numbers.end(),
                                                     value.convert<double>()) != node.numbers.end();
        if (!known)
            return false;
    }
    if (json::isString(value)) {
        if (node.minLength == 0 && !node.pattern)
            return true;
        const std::string text = value.convert<std::string>();
        return text.size() >= node.minLength && (!node.pattern || node.pattern->match(text));
    }
    if (json::isNumber(value)) {
        const auto number = value.convert<double>();
        return number >= node.minimum && number <= node.maximum;
    }
    return true;
}

bool AdfSchema::matchesAny(const Node& node, const json::Value& value) {
    if (node.anyOf.empty())
        return true;
    const auto type = json::asString(json::member(json::asObject(value), "type"));
    for (const Node* alternative : node.anyOf) {
        const auto* names = alternative->typeNames();
        if (names != nullptr && type && std::find(names->begin(), names->end(), *type) == names->end())
            continue;
        if (matches(*alternative, value))
            return true;
    }
    return false;
}

} // namespace jira_sim
