#pragma once

#include "postgres.hpp"
#include "temp_dir.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace jira_plugin {

/// The place of a new store, on each engine in turn: a test that makes one runs once with SQLite and once
/// with PostgreSQL.
class EachEngine {
public:
    EachEngine() : _isPostgres(GENERATE(false, true)) {
        _place =
            _isPostgres ? test_support::sharedPostgres().newDatabase() : (_directory / "plugin.db").string();
        UNSCOPED_INFO(_place.substr(0, 12)); // begins with postgresql:// or is a file
    }

    const std::string& place() const { return _place; }
    bool isPostgres() const { return _isPostgres; }

    /// All that is stored, whatever it is. For tests of what must not be there.
    std::string contents() const {
        if (!_isPostgres)
            return test_support::readFile(_place) + test_support::readFile(_place + "-wal");
        return test_support::sharedPostgres().contents(test_support::databaseOf(_place));
    }

private:
    const bool _isPostgres;
    test_support::TempDir _directory;
    std::string _place;
};

} // namespace jira_plugin
