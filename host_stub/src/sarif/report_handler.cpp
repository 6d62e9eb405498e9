#include "report_handler.hpp"

#include "sarif_problem.hpp"

#include <limits>

namespace aspm::host::sarif {

namespace {

const std::vector<std::string> wantedArtifactMembers = {"location"};

JsonValue ofKind(JsonValue::Kind kind) {
    JsonValue value;
    value.kind = kind;
    return value;
}

SarifError wrongKind(const std::string& path, JsonValue::Kind expected, JsonValue::Kind found) {
    return notSarif(path, "must be " + std::string(describe(expected)) + ", but is " +
                              std::string(describe(found)));
}

std::string indexed(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

SarifError tooMany(const std::string& what, std::size_t most) {
    return {"", "", "it has more than " + std::to_string(most) + " " + what,
            "Split the report, or let the scanner leave out what nobody will act on."};
}

SarifError notAReport(const std::string& why) {
    return {"", "", "it is JSON, but not a SARIF report: " + why,
            "Let the scanner write SARIF 2.1.0; most have an option such as --format sarif."};
}

} // namespace

void ReportHandler::checkComplete() const {
    if (!_hasVersion && !_hasRuns)
        throw notAReport("it has neither 'version' nor 'runs'");
    if (!_hasVersion)
        throw notAReport("it has no 'version'");
    if (!_hasRuns)
        throw notAReport("it has no 'runs'");
}

std::string ReportHandler::runPath() const {
    return indexed("runs", _runCount - 1);
}

std::string ReportHandler::currentPath() const {
    switch (_place) {
    case Place::Document:
        return {};
    case Place::Root:
        return _skipDepth > 0 ? printable(_key) : std::string();
    case Place::Runs:
        return "runs";
    case Place::Run:
        return _skipDepth > 0 || _capturing ? runPath() + "." + printable(_key) : runPath();
    case Place::Results:
        return indexed(runPath() + ".results", _resultCount - (_capturing ? 1 : 0));
    case Place::Artifacts:
        break;
    }
    return indexed(runPath() + ".artifacts", _artifactCount - (_capturing ? 1 : 0));
}

// Events: below a captured or skipped part they go on there, else to the outline.

void ReportHandler::onStart(JsonValue::Kind kind) {
    if (_capturing)
        _builder.startContainer(kind);
    else if (_skipDepth > 0)
        ++_skipDepth;
    else
        startAt(kind);
}

void ReportHandler::onEnd() {
    if (_capturing) {
        if (_builder.endContainer())
            captured(_builder.take());
    } else if (_skipDepth > 0) {
        --_skipDepth;
    } else {
        endAt();
    }
}

void ReportHandler::onScalar(JsonValue value) {
    if (_capturing)
        _builder.value(std::move(value));
    else if (_skipDepth == 0)
        scalarAt(value);
}

void ReportHandler::key(const std::string& name) {
    if (_capturing) {
        _builder.key(name);
    } else if (_skipDepth == 0) {
        _key = name;
        const bool isRead = name == "results" || name == "artifacts" || RunReader::isKept(name);
        if (_place == Place::Run && isRead && !_runKeys.insert(name).second)
            throw notSarif(runPath() + "." + printable(name), "is there twice");
    }
}

void ReportHandler::onInteger(Poco::Int64 number) {
    JsonValue value = ofKind(JsonValue::Kind::Integer);
    value.integer = number;
    onScalar(std::move(value));
}

void ReportHandler::value(Poco::UInt64 number) {
    if (number <= static_cast<Poco::UInt64>(std::numeric_limits<Poco::Int64>::max()))
        onInteger(static_cast<Poco::Int64>(number));
    else
        value(static_cast<double>(number));
}

void ReportHandler::value(double number) {
    JsonValue value = ofKind(JsonValue::Kind::Decimal);
    value.decimal = number;
    onScalar(std::move(value));
}

void ReportHandler::value(const std::string& text) {
    JsonValue value = ofKind(JsonValue::Kind::String);
    value.text = text;
    onScalar(std::move(value));
}

void ReportHandler::value(bool boolean) {
    JsonValue value = ofKind(JsonValue::Kind::Boolean);
    value.boolean = boolean;
    onScalar(std::move(value));
}

// The outline.

void ReportHandler::startAt(JsonValue::Kind kind) {
    switch (_place) {
    case Place::Document:
        if (kind != JsonValue::Kind::Object)
            throw notAReport("the document is " + std::string(describe(kind)) + ", not an object");
        _place = Place::Root;
        return;
    case Place::Root:
        if (_key == "version" || (_key == "runs" && kind != JsonValue::Kind::Array))
            return scalarAt(ofKind(kind));
        if (_key != "runs") {
            ++_skipDepth;
            return;
        }
        if (_hasRuns)
            throw notSarif("runs", "is there twice");
        _hasRuns = true;
        _place = Place::Runs;
        return;
    case Place::Runs:
        if (kind != JsonValue::Kind::Object)
            return scalarAt(ofKind(kind));
        return startRun();
    case Place::Run:
        return startInRun(kind);
    case Place::Results:
        if (kind != JsonValue::Kind::Object)
            return scalarAt(ofKind(kind));
        if (++_totalResults > _limits.maxResults)
            throw tooMany("results", _limits.maxResults);
        ++_resultCount;
        return capture(&wantedResultMembers(), kind);
    case Place::Artifacts:
        if (kind != JsonValue::Kind::Object)
            return scalarAt(ofKind(kind));
        if (++_artifactCount > _limits.maxArtifacts)
            throw tooMany("artifacts in one run", _limits.maxArtifacts);
        return capture(&wantedArtifactMembers, kind);
    }
}

void ReportHandler::startRun() {
    if (++_runCount > _limits.maxRuns)
        throw tooMany("runs", _limits.maxRuns);
    _resultCount = 0;
    _artifactCount = 0;
    _runKeys.clear();
    _run.emplace(runPath(), _limits);
    _place = Place::Run;
}

void ReportHandler::startInRun(JsonValue::Kind kind) {
    if (_key == "results" || _key == "artifacts") {
        if (kind != JsonValue::Kind::Array)
            return scalarAt(ofKind(kind));
        _place = _key == "results" ? Place::Results : Place::Artifacts;
        if (_place == Place::Results)
            _run->beginResults();
    } else if (RunReader::isKept(_key)) {
        capture(nullptr, kind);
    } else {
        ++_skipDepth;
    }
}

void ReportHandler::endAt() {
    switch (_place) {
    case Place::Run:
        _run->finish(_report, _textBytes);
        _run.reset();
        _place = Place::Runs;
        return;
    case Place::Results:
    case Place::Artifacts:
        _place = Place::Run;
        return;
    case Place::Runs:
        _place = Place::Root;
        return;
    case Place::Root:
    case Place::Document:
        _place = Place::Document;
        return;
    }
}

/// A scalar, or a container of the wrong kind, where the outline has a place for something.
void ReportHandler::scalarAt(const JsonValue& value) {
    using Kind = JsonValue::Kind;
    switch (_place) {
    case Place::Document:
        throw notAReport("the document is " + std::string(describe(value.kind)) + ", not an object");
    case Place::Root:
        if (_key == "version")
            checkVersion(value);
        else if (_key == "runs")
            throw wrongKind("runs", Kind::Array, value.kind);
        return;
    case Place::Runs:
        throw wrongKind(indexed("runs", _runCount), Kind::Object, value.kind);
    case Place::Run:
        if (value.kind == Kind::Null)
            return;
        if (_key == "results" || _key == "artifacts")
            throw wrongKind(runPath() + "." + _key, Kind::Array, value.kind);
        if (RunReader::isKept(_key))
            throw wrongKind(runPath() + "." + _key,
                            _key == "taxonomies" || _key == "invocations" ? Kind::Array : Kind::Object,
                            value.kind);
        return;
    case Place::Results:
        throw wrongKind(indexed(runPath() + ".results", _resultCount), Kind::Object, value.kind);
    case Place::Artifacts:
        throw wrongKind(indexed(runPath() + ".artifacts", _artifactCount), Kind::Object, value.kind);
    }
}

void ReportHandler::capture(const std::vector<std::string>* wanted, JsonValue::Kind kind) {
    _capturing = true;
    _builder.begin(currentPath(), wanted, _limits.maxValuesPerPart);
    _builder.startContainer(kind);
}

void ReportHandler::captured(JsonPart part) {
    _capturing = false;
    if (_place == Place::Results)
        _run->addResult(JsonView(part));
    else if (_place == Place::Artifacts)
        _run->addArtifact(JsonView(part));
    else
        _run->keep(_key, std::move(part));
}

void ReportHandler::checkVersion(const JsonValue& value) {
    if (value.kind != JsonValue::Kind::String)
        throw wrongKind("version", JsonValue::Kind::String, value.kind);
    if (value.text != "2.1.0")
        throw SarifError("", "version", "is '" + printable(value.text) + "', and only SARIF 2.1.0 is read",
                         "Let the scanner write version 2.1.0, or update the scanner.");
    _hasVersion = true;
}

} // namespace aspm::host::sarif
