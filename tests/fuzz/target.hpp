#pragma once

#include <cstdint>
#include <string_view>

/// One reader of foreign text, to be run with any bytes. A target neither throws nor keeps anything; what it
/// requires besides not crashing it says with require().
///
///     FUZZ_TARGET(adf_text) { ... input ... }
///
/// With libFuzzer each target is a program of its own, otherwise all of them are in one that replays files.
namespace fuzz {

using Target = void (*)(std::string_view input);

/// Ends the program with the sentence unless the condition holds.
void require(bool holds, const char* sentence);

/// Makes a target known to the program that replays files.
struct Registration {
    Registration(const char* name, Target target);
};

} // namespace fuzz

#ifdef ASPM_LIBFUZZER
#define FUZZ_TARGET(name)                                                                                    \
    static void name(std::string_view input);                                                                \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);                       \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {                      \
        name({reinterpret_cast<const char*>(data), size});                                                   \
        return 0;                                                                                            \
    }                                                                                                        \
    static void name(std::string_view input)
#else
#define FUZZ_TARGET(name)                                                                                    \
    static void name(std::string_view input);                                                                \
    static const fuzz::Registration name##Registration(#name, name);                                         \
    static void name(std::string_view input)
#endif
