#pragma once
#include "adapters/gm/encoding.hpp"
#include "adapters/gm/keyring.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hcp::gm::test {

inline Bytes bytes_of(std::string_view text) {
    const auto view = ports::as_bytes(text);
    return {view.begin(), view.end()};
}
inline Bytes from_hex(std::string_view text) {
    return unhex(text).value();
}

// Not random, so that a failure can be repeated; never two of the same size and seed alike.
inline Bytes pattern(std::size_t size, unsigned seed = 1) {
    Bytes out(size);
    std::uint32_t state = seed * 2654435761U + 1;
    for (auto& byte : out) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}

inline Secret master(unsigned seed) {
    return Secret{pattern(32, seed)};
}

inline bool is(const boost::system::error_code& error, ports::crypto_errc expected) {
    return error == expected;
}

class TempDirectory {
public:
    TempDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "hcp-gm-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error{"mkdtemp"};
        path_ = name;
    }
    TempDirectory(const TempDirectory&) = delete;
    TempDirectory& operator=(const TempDirectory&) = delete;
    ~TempDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path write(std::string_view name, std::string_view content, unsigned mode = 0600) const {
        auto path = path_ / name;
        std::ofstream{path} << content;
        std::filesystem::permissions(path, static_cast<std::filesystem::perms>(mode));
        return path;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace hcp::gm::test
