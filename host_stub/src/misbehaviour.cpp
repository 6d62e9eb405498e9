#include <aspm_host/misbehaviour.hpp>

#include <algorithm>

namespace aspm::host {

namespace {
constexpr std::size_t maxSentences = 1000;
}

void Misbehaviour::report(const std::string& plugin, const std::string& sentence) {
    {
        std::lock_guard<std::mutex> lock(_mutex);
        if (_sentences.size() < maxSentences)
            _sentences.push_back(plugin + ": " + sentence);
    }
    if (_listener)
        _listener(plugin, sentence);
}

std::vector<std::string> Misbehaviour::sentences() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _sentences;
}

bool Misbehaviour::mentions(const std::string& text) const {
    std::lock_guard<std::mutex> lock(_mutex);
    return std::any_of(_sentences.begin(), _sentences.end(),
                       [&](const std::string& s) { return s.find(text) != std::string::npos; });
}

void Misbehaviour::clear() {
    std::lock_guard<std::mutex> lock(_mutex);
    _sentences.clear();
}

} // namespace aspm::host
