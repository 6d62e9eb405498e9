#include "run.hpp"

#include "farewell.hpp"
#include "keep.hpp"
#include "peace.hpp"
#include "people.hpp"
#include "troubles.hpp"

#include <Poco/Exception.h>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;

namespace {

constexpr int mostBeginnings = 6;

/// Does what may fail because the host dies meanwhile, or its machine does not let it.
template <class Work> void attempt(Diary& diary, const char* what, Work work) {
    try {
        work();
    } catch (const Poco::Exception& problem) {
        diary.note(std::string(what) + ": " + problem.displayText());
    } catch (const std::exception& problem) {
        diary.note(std::string(what) + ": " + problem.what());
    }
}

class Run {
public:
    Run(std::uint64_t seed, Diary& diary)
        : _dice(seed), _diary(diary), _world(seed, _dice, diary), _troubles(_world, _dice, diary),
          _people(_world, _dice, diary) {}

    Evidence go() {
        begin();
        const int rounds = _dice.between(2, 4);
        for (int number = 1; number <= rounds; ++number)
            round(number);
        Peace peace(_world, _troubles, _people, _diary);
        Evidence evidence = peace.evidence();
        if (evidence.stuck.empty())
            Farewell(_world, _troubles, _diary).say(evidence);
        return evidence;
    }

    const World& world() const { return _world; }

private:
    /// To a connection and mappings, over some deaths on the way.
    void begin() {
        for (int left = mostBeginnings; left > 0; --left) {
            try {
                if (_world.isDown() && !_world.start(left > 1 ? _troubles.killOrderOfBeginning() : ""))
                    continue;
                _world.connect();
                _world.map();
                return;
            } catch (const std::exception& problem) {
                // Its end is heard of a moment before it is over.
                if (left == 1 || !eventually([&] { return _world.isDown(); }, milliseconds(500)))
                    throw;
                _diary.note(std::string("while connecting: ") + problem.what());
            }
        }
    }

    void round(int number) {
        _diary.note("round " + std::to_string(number));
        _troubles.stir();
        revive();
        attempt(_diary, "push", [&] {
            _people.import(_dice.between(4, 12));
            _people.pushAll();
        });
        attempt(_diary, "strike", [&] { _troubles.strike(); });
        for (int left = _dice.between(1, 3); left > 0; --left) {
            linger(_dice.between(10, 150));
            _people.actInJira(_dice.between(0, 6));
            attempt(_diary, "decide", [&] { _people.actHere(_dice.between(0, 3)); });
        }
        linger(_dice.between(20, 250));
        _troubles.relent();
        if (_dice.chance(0.6))
            _world.kill("in round " + std::to_string(number));
    }

    /// What is dead starts again, maybe to die while it starts.
    void revive() {
        while (_world.isDown())
            if (_world.start(_troubles.killOrder()))
                return;
    }

    /// A random moment: until then, or until the host has died.
    void linger(int ms) {
        eventually([&] { return _world.isDown(); }, milliseconds(ms));
    }

    Dice _dice;
    Diary& _diary;
    World _world;
    Troubles _troubles;
    People _people;
};

} // namespace

Result run(std::uint64_t seed, const std::filesystem::path& keep) {
    Result result;
    result.seed = seed;
    std::unique_ptr<Run> run;
    try {
        run = std::make_unique<Run>(seed, result.diary);
        const Evidence evidence = run->go();
        result.findings = evidence.findings.size();
        result.wrong = judge(evidence);
    } catch (const Poco::Exception& problem) {
        result.wrong.push_back({Wrong::Stuck, problem.displayText()});
    } catch (const std::exception& problem) {
        result.wrong.push_back({Wrong::Stuck, problem.what()});
    }
    if (!result.wrong.empty() && run)
        result.kept = keepAll(run->world(), result.diary, keep / ("seed-" + std::to_string(seed)));
    return result;
}

} // namespace torture
