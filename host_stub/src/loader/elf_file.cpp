#include <aspm_host/elf_file.hpp>

#include <cstring>
#include <fstream>

#include <elf.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

constexpr std::uintmax_t maxLibraryBytes = std::uintmax_t{1} << 30;

#if defined(__x86_64__)
constexpr int machineOfHost = EM_X86_64;
#elif defined(__aarch64__)
constexpr int machineOfHost = EM_AARCH64;
#elif defined(__riscv)
constexpr int machineOfHost = EM_RISCV;
#else
#error "Name this processor's ELF machine number here."
#endif

std::string machineName(int machine) {
    switch (machine) {
    case EM_X86_64:
        return "x86-64";
    case EM_AARCH64:
        return "arm64";
    case EM_RISCV:
        return "RISC-V";
    case EM_386:
        return "32-bit x86";
    default:
        return "processor number " + std::to_string(machine);
    }
}

/// The bytes of the file with every access checked.
class Bytes {
public:
    explicit Bytes(const std::filesystem::path& file) : _file(file) {
        std::error_code error;
        auto size = std::filesystem::file_size(file, error);
        std::ifstream in(file, std::ios::binary);
        if (error || !in || size > maxLibraryBytes)
            throw notAPlugin("it cannot be read");
        _text.resize(static_cast<std::size_t>(size));
        in.read(_text.data(), static_cast<std::streamsize>(size));
        _text.resize(static_cast<std::size_t>(in.gcount()));
    }

    template <typename T> T at(std::uint64_t offset) const {
        T value;
        if (offset > _text.size() || _text.size() - offset < sizeof(T))
            throw notAPlugin("it is cut short or damaged");
        std::memcpy(&value, _text.data() + offset, sizeof(T));
        return value;
    }

    std::string textAt(std::uint64_t offset) const {
        if (offset >= _text.size())
            throw notAPlugin("it is cut short or damaged");
        return std::string(_text.data() + offset, strnlen(_text.data() + offset, _text.size() - offset));
    }

    std::size_t size() const { return _text.size(); }

    Problem notAPlugin(const std::string& why) const {
        return Problem(
            _file.string() + " is not a plugin: " + why + ".",
            "library.file in manifest.json must name the shared library of the plugin, built for this "
            "machine.");
    }

private:
    std::filesystem::path _file;
    std::string _text;
};

Elf64_Ehdr readHeader(const Bytes& bytes) {
    if (bytes.size() < EI_NIDENT || std::memcmp(bytes.textAt(0).c_str(), ELFMAG, SELFMAG) != 0)
        throw bytes.notAPlugin("it is not an ELF file");
    if (bytes.at<unsigned char>(EI_CLASS) != ELFCLASS64)
        throw bytes.notAPlugin("it is a 32-bit library, this host is a 64-bit program");
    auto header = bytes.at<Elf64_Ehdr>(0);
    if (header.e_machine != machineOfHost)
        throw bytes.notAPlugin("it was built for " + machineName(header.e_machine) + ", this host runs on " +
                               machineName(machineOfHost));
    if (header.e_type != ET_DYN)
        throw bytes.notAPlugin("it is an ELF file but not a shared library");
    return header;
}

bool isExported(const Elf64_Sym& symbol) {
    unsigned binding = ELF64_ST_BIND(symbol.st_info);
    unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
    // SHN_ABS symbols are the names of symbol versions, not code or data.
    return symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && binding != STB_LOCAL &&
           (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

} // namespace

ElfFile ElfFile::read(const std::filesystem::path& file) {
    Bytes bytes(file);
    Elf64_Ehdr header = readHeader(bytes);
    ElfFile out;
    auto section = [&](unsigned index) {
        return bytes.at<Elf64_Shdr>(header.e_shoff + std::uint64_t{index} * header.e_shentsize);
    };
    bool found = false;
    for (unsigned i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr table = section(i);
        if (table.sh_type == SHT_DYNSYM && table.sh_entsize >= sizeof(Elf64_Sym)) {
            found = true;
            std::uint64_t strings = section(table.sh_link).sh_offset;
            for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += table.sh_entsize) {
                auto symbol = bytes.at<Elf64_Sym>(table.sh_offset + at);
                if (isExported(symbol))
                    out.exports.push_back(bytes.textAt(strings + symbol.st_name));
            }
        } else if (table.sh_type == SHT_DYNAMIC && table.sh_entsize >= sizeof(Elf64_Dyn)) {
            std::uint64_t strings = section(table.sh_link).sh_offset;
            for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= table.sh_size; at += table.sh_entsize) {
                auto entry = bytes.at<Elf64_Dyn>(table.sh_offset + at);
                if (entry.d_tag == DT_NEEDED)
                    out.needed.push_back(bytes.textAt(strings + entry.d_un.d_val));
            }
        }
    }
    if (!found)
        throw bytes.notAPlugin("it has no table of dynamic symbols");
    return out;
}

} // namespace aspm::host
