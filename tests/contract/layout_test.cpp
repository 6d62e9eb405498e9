// The layout as a C++ compiler sees it, and what growth at the end relies on.
#include <catch2/catch.hpp>

#include <aspm/aspm.h>

#include <type_traits>

#if defined(__LP64__) && (defined(__x86_64__) || defined(__aarch64__))
#define OFFSET(T, member, number)                                                                            \
    static_assert(offsetof(T, member) == (number), #T "." #member " has moved from " #number);
#define SIZE(T, number)                                                                                      \
    static_assert(sizeof(T) == (number), #T " is no longer " #number " bytes long");                         \
    static_assert(std::is_standard_layout_v<T> && std::is_trivially_copyable_v<T>);
#include "layout_table.h"
#undef OFFSET
#undef SIZE

namespace {

struct Line {
    const char* type;
    std::size_t end; ///< of the last member seen
    std::size_t size;
};

// Members end where their struct ends: with padding at the end, a member appended there would not change
// struct_size, and nobody could see whether it is filled.
const Line lines[] = {
#define OFFSET(T, member, number) {#T, (number) + sizeof(T::member), 0},
#define SIZE(T, number) {#T, 0, number},
#include "layout_table.h"
};

} // namespace

TEST_CASE("no struct ends in padding, so an appended member always shows in struct_size", "[contract]") {
    std::size_t end = 0;
    std::size_t structs = 0;
    for (const Line& line : lines) {
        if (line.size == 0) {
            end = line.end;
            continue;
        }
        INFO(line.type);
        CHECK(end == line.size);
        ++structs;
    }
    CHECK(structs > 30);
}
#endif

TEST_CASE("ASPM_HAS sees a member only in a table that is long enough and has it", "[contract]") {
    aspm_clock clock{sizeof(aspm_clock), nullptr, [](const aspm_clock*) -> std::int64_t { return 1; }};
    CHECK(ASPM_HAS(aspm_clock, &clock, now_ms));
    clock.struct_size = offsetof(aspm_clock, now_ms) + sizeof(clock.now_ms) - 1;
    CHECK_FALSE(ASPM_HAS(aspm_clock, &clock, now_ms));
    clock = {sizeof(aspm_clock), nullptr, nullptr};
    CHECK_FALSE(ASPM_HAS(aspm_clock, &clock, now_ms));
    const aspm_clock* none = nullptr;
    CHECK_FALSE(ASPM_HAS(aspm_clock, none, now_ms));
}

TEST_CASE("ASPM_REACHES looks at the size alone", "[contract]") {
    aspm_finding finding{};
    finding.struct_size = sizeof(aspm_finding);
    CHECK(ASPM_REACHES(aspm_finding, &finding, revision));
    finding.struct_size = offsetof(aspm_finding, revision);
    CHECK_FALSE(ASPM_REACHES(aspm_finding, &finding, revision));
}

TEST_CASE("a plugin loads when the majors are equal and the host's minor is at least what it needs",
          "[contract]") {
    CHECK(ASPM_ABI_COMPATIBLE(1, 0, 1, 0));
    CHECK(ASPM_ABI_COMPATIBLE(1, 7, 1, 0));
    CHECK_FALSE(ASPM_ABI_COMPATIBLE(1, 0, 1, 1));
    CHECK_FALSE(ASPM_ABI_COMPATIBLE(2, 0, 1, 0));
    CHECK_FALSE(ASPM_ABI_COMPATIBLE(1, 0, 2, 0));
}
