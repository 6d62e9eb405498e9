#pragma once

#include <string>
#include <vector>

/// Names of this test program that resolve to whatever a test wants, and to something else the next time. It
/// stands before the system's getaddrinfo for these names alone.
class NameService {
public:
    /// answers: to each lookup of the name, one after the other; the last one stays. Each is a list of
    /// addresses. One at a time.
    NameService(const std::string& name, std::vector<std::vector<std::string>> answers);
    ~NameService();
    NameService(const NameService&) = delete;
    NameService& operator=(const NameService&) = delete;

    int lookups() const;
};
