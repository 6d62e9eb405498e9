#pragma once

#include <memory>
#include <string>

#include "http/json.hpp"

namespace jira_sim {

/// Checks a document against Atlassian's own JSON schema of the Atlassian Document Format
/// (npm package @atlaskit/adf-schema, `json-schema/v1/full.json`).
///
/// The schema file is compiled once into a tree that is walked per document; alternatives whose `type` cannot
/// match are skipped, which makes it about a hundred times faster than a general validator. It implements the
/// draft-04 keywords which that file uses and refuses to compile others. Immutable; any thread.
class AdfSchema {
public:
    /// Throws std::runtime_error when the text is not a schema of the supported kind.
    explicit AdfSchema(const std::string& schemaText);
    ~AdfSchema();

    /// Whether a value is a valid document (`type: doc`).
    bool accepts(const json::Value& document) const;

    /// The compiled copy of the embedded schema file.
    static const AdfSchema& instance();

private:
    struct Node;
    struct Compiler;
    static bool matches(const Node& node, const json::Value& value);
    static bool matchesObject(const Node& node, const json::Value& value);
    static bool matchesArray(const Node& node, const json::Value& value);
    static bool matchesScalar(const Node& node, const json::Value& value);
    static bool matchesAny(const Node& node, const json::Value& value);

    std::unique_ptr<Compiler> _compiled;
    const Node* _root = nullptr;
};

} // namespace jira_sim
