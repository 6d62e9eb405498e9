// Signs requests that it reads from standard input, one a line, so that another implementation of OAuth 1.0a
// can verify them: method, URL, content type, body, realm and the protocol's extra parameters (as a form),
// separated by tabs. Writes the public key in one line, then an Authorization header for each request.

#include "oauth1/encoding.hpp"
#include "oauth1/signer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <iostream>

using namespace jira_plugin;

namespace {

constexpr std::size_t fieldCount = 6;

std::array<std::string, fieldCount> fieldsOf(const std::string& line) {
    std::array<std::string, fieldCount> fields;
    std::size_t at = 0;
    for (auto& field : fields) {
        const std::size_t end = std::min(line.find('\t', at), line.size());
        field = line.substr(std::min(at, line.size()), end - std::min(at, line.size()));
        at = end + 1;
    }
    return fields;
}

std::int64_t systemTimeMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

void signAll(const std::string& consumerKey) {
    const auto key = oauth1::RsaKey::generate();
    std::cout << key.publicLine() << '\n';
    for (std::string line; std::getline(std::cin, line);) {
        const auto fields = fieldsOf(line);
        jira::HttpRequest request;
        request.method = fields[0];
        request.url = fields[1];
        request.contentType = fields[2];
        request.body = fields[3];
        const oauth1::Signer signer(consumerKey, key, systemTimeMs, fields[4]);
        std::cout << signer.sign(request, oauth1::parseForm(fields[5])).authorization << '\n';
    }
}

} // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: sign_requests CONSUMER_KEY <REQUESTS\n";
        return 2;
    }
    signAll(argv[1]);
    return 0;
} catch (const std::exception& error) {
    std::cerr << "sign_requests: " << error.what() << '\n';
    return 1;
}
