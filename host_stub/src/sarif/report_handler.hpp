/// Follows the outline of a report (root, runs, results) and hands each part to the reader of its run.
#pragma once

#include "aspm_host/sarif.hpp"

#include "json_stream.hpp"
#include "run_reader.hpp"
#include "subtree_builder.hpp"

#include <optional>
#include <set>
#include <string>

namespace aspm::host::sarif {

/// Parser events in, findings out. Only what is needed of a result is ever held as a tree; everything that is
/// not read passes through without being kept.
class ReportHandler : public LocatedHandler {
public:
    ReportHandler(const Limits& limits, Report& report) : _limits(limits), _report(report) {}

    /// To be called at the end of the document: the checks that need all of it.
    void checkComplete() const;

    std::string currentPath() const override;

    void reset() override {}
    Poco::Dynamic::Var asVar() const override { return {}; }
    void startObject() override { onStart(JsonValue::Kind::Object); }
    void endObject() override { onEnd(); }
    void startArray() override { onStart(JsonValue::Kind::Array); }
    void endArray() override { onEnd(); }
    void key(const std::string& name) override;
    void null() override { onScalar({}); }
    void value(int number) override { onInteger(number); }
    void value(unsigned number) override { onInteger(number); }
    void value(Poco::Int64 number) override { onInteger(number); }
    void value(Poco::UInt64 number) override;
    void value(const std::string& text) override;
    void value(double number) override;
    void value(bool boolean) override;

private:
    /// The container that the next event belongs to.
    enum class Place { Document, Root, Runs, Run, Results, Artifacts };

    void onStart(JsonValue::Kind kind);
    void onEnd();
    void onScalar(JsonValue value);
    void onInteger(Poco::Int64 number);

    void startAt(JsonValue::Kind kind);
    void startRun();
    void startInRun(JsonValue::Kind kind);
    void endAt();
    void scalarAt(const JsonValue& value);
    void capture(const std::vector<std::string>* wanted, JsonValue::Kind kind);
    void captured(JsonPart part);
    void checkVersion(const JsonValue& value);
    std::string runPath() const;

    const Limits _limits;
    Report& _report;
    Place _place = Place::Document;
    std::string _key;               ///< The member being read, of the root or of the run.
    std::set<std::string> _runKeys; ///< Members of the run so far: a second one of the same name is an error.
    std::optional<RunReader> _run;
    std::size_t _runCount = 0;
    std::size_t _resultCount = 0; ///< In this run.
    std::size_t _artifactCount = 0;
    std::size_t _totalResults = 0;
    std::uint64_t _textBytes = 0; ///< Of all findings so far.
    bool _hasVersion = false;
    bool _hasRuns = false;
    std::size_t _skipDepth = 0;
    bool _capturing = false;
    SubtreeBuilder _builder;
};

} // namespace aspm::host::sarif
