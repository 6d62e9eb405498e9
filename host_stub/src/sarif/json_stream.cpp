#include "json_stream.hpp"

#include <array>
#include <istream>
#include <streambuf>
#include <string_view>

#include <Poco/Exception.h>
#include <Poco/JSON/Parser.h>

namespace aspm::host::sarif {

namespace {

/// Counts what the parser takes and ends the input at the limit.
class BoundedInput : public std::streambuf {
public:
    BoundedInput(std::istream& in, std::uint64_t maxBytes) : _in(in), _maxBytes(maxBytes) { fill(); }

    /// What is buffered and not read yet; at the start the first bytes of the document.
    std::string_view buffered() const { return {gptr(), static_cast<std::size_t>(egptr() - gptr())}; }
    void skip(int count) { gbump(count); }

    /// Bytes handed out so far.
    std::uint64_t offset() const { return _before + static_cast<std::uint64_t>(gptr() - eback()); }
    bool isExhausted() const { return _ended && gptr() == egptr(); }
    bool isOverLimit() const { return _overLimit; }
    bool isUnreadable() const { return _in.bad(); }

protected:
    int_type underflow() override {
        if (gptr() == egptr())
            fill();
        return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
    }

private:
    void fill() {
        if (_ended)
            return;
        _before += static_cast<std::uint64_t>(egptr() - eback());
        _in.read(_buffer.data(), static_cast<std::streamsize>(_buffer.size()));
        std::streamsize count = _in.gcount();
        _overLimit = _before + static_cast<std::uint64_t>(count) > _maxBytes;
        if (_overLimit)
            count = 0;
        _ended = count == 0;
        setg(_buffer.data(), _buffer.data(), _buffer.data() + count);
    }

    std::istream& _in;
    const std::uint64_t _maxBytes;
    std::uint64_t _before = 0;
    bool _ended = false;
    bool _overLimit = false;
    std::array<char, 65536> _buffer;
};

const char* const checkScanner = "A scanner does not write that; check where the file comes from.";
const char* const checkTransfer =
    "Check that the scanner finished and that the file was copied whole, then import it again.";

/// Skips a UTF-8 byte order mark and refuses other encodings by their first bytes: JSON starts with an ASCII
/// character, so a zero among the first two bytes is never UTF-8.
void checkEncoding(BoundedInput& input) {
    const std::string_view start = input.buffered().substr(0, 3);
    if (start == "\xEF\xBB\xBF")
        input.skip(3);
    const std::string_view two = start.substr(0, 2);
    if (two == "\xFF\xFE" || two == "\xFE\xFF" || two.find('\0') != std::string_view::npos)
        throw SarifError("", "", "it is encoded as UTF-16 or UTF-32, and SARIF is always UTF-8",
                         "Save it as UTF-8 (in PowerShell: Out-File -Encoding utf8) and import it again.");
}

bool startsWith(const std::string& text, const std::string& prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

std::string tooLarge(std::uint64_t maxBytes) {
    constexpr std::uint64_t megabyte = 1024ULL * 1024;
    const bool isWhole = maxBytes >= megabyte && maxBytes % megabyte == 0;
    const std::string most =
        isWhole ? std::to_string(maxBytes / megabyte) + " MB" : std::to_string(maxBytes) + " bytes";
    return "it is larger than " + most + ", the most that is read";
}

/// Turns the parser's complaint into ours. Its texts can hold raw bytes of the report, so only their
/// beginnings are compared and none is passed on.
SarifError explain(const std::string& parserText, const BoundedInput& input, const std::string& path,
                   const Limits& limits) {
    const std::string inside = path.empty() ? "" : ", inside " + path;
    const std::string where = "byte " + std::to_string(input.offset());
    if (input.isUnreadable())
        return {"", where, "could not be read" + inside, "Check the disk or the connection it came over."};
    if (input.isOverLimit())
        return {"", "", tooLarge(limits.maxBytes),
                "Let the scanner leave out code flows and file contents, or split the report by folder."};
    if (input.offset() == 0)
        return {"", "", "it is empty", checkTransfer};
    if (startsWith(parserText, "Maximum depth"))
        return {"", where, "is nested deeper than " + std::to_string(limits.maxDepth) + " levels" + inside,
                checkScanner};
    if (startsWith(parserText, "invalid UTF-8"))
        return {"", where, "is not valid UTF-8" + inside, "Save the report as UTF-8 and import it again."};
    if (startsWith(parserText, "Not a valid"))
        return {"", where, "is a number beyond all bounds" + inside, checkScanner};
    if (startsWith(parserText, "Excess characters"))
        return {"", where, "is where the JSON document ends, but more text follows", checkTransfer};
    if (input.isExhausted())
        return {"", where, "is where the file ends, in the middle of the report" + inside, checkTransfer};
    return {"", where, "is not valid JSON" + inside, checkTransfer};
}

} // namespace

void streamJson(std::istream& in, const Poco::SharedPtr<LocatedHandler>& handler, const Limits& limits) {
    BoundedInput input(in, limits.maxBytes);
    checkEncoding(input);
    std::istream bounded(&input);
    Poco::JSON::Parser parser(handler);
    parser.setDepth(limits.maxDepth);
    try {
        parser.parse(bounded);
        if (input.isOverLimit()) // white space after the report, up to the limit and on
            throw explain("", input, "", limits);
    } catch (const Poco::Exception& error) {
        throw explain(error.message(), input, handler->currentPath(), limits);
    }
}

} // namespace aspm::host::sarif
