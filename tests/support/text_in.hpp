#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace hcp::test {

// The whole file. Read apart from the product's own reading, which is under test.
inline std::string text_in(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw std::runtime_error{"cannot be read: " + path.string()};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace hcp::test
