#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <string_view>

namespace contract {

/// A text that ends where readable memory ends, so that reading one byte too many crashes; gone at the end of
/// its life, so that reading it later crashes too. Shorter than a page.
class GuardedText {
public:
    explicit GuardedText(std::string_view text) : _size(text.size()) {
        const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        _length = 2 * page;
        _pages = static_cast<char*>(
            mmap(nullptr, _length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        if (_pages == MAP_FAILED || mprotect(_pages + page, page, PROT_NONE) != 0) {
            throw std::bad_alloc();
        }
        _text = _pages + page - text.size();
        std::memcpy(_text, text.data(), text.size());
    }
    ~GuardedText() { munmap(_pages, _length); }
    GuardedText(const GuardedText&) = delete;
    GuardedText& operator=(const GuardedText&) = delete;

    std::string_view view() const { return {_text, _size}; }

private:
    std::size_t _size;
    std::size_t _length;
    char* _pages;
    char* _text;
};

} // namespace contract
