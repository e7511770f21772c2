#pragma once
#include "plugin/ports/crypto.hpp"

#include <filesystem>
#include <vector>

namespace hcp::gm {

// What is wrong with a file as the home of a key. The message says it in Chinese and names no path.
enum class key_file_errc {
    unreadable = 1,  // missing, or this process may not read it
    not_regular,
    too_open,          // the group or others have any permission
    foreign_owner,     // neither this user's nor root's
    bad_size,          // empty, or far too large to be a key
    not_a_master_key,  // not 64 hexadecimal digits
    not_a_text,        // a NUL byte; in a word also any control, or bytes that are no UTF-8
    several_lines,     // of a word
    unseen             // characters of a word that show nothing, or blanks at its ends that are none of ASCII's
};
[[nodiscard]] const boost::system::error_category& key_file_category() noexcept;
[[nodiscard]] inline ports::error_code make_error_code(key_file_errc e) noexcept {
    return {static_cast<int>(e), key_file_category()};
}

// The whole file, without a byte order mark and without blanks and line ends around it. Judges by the permission bits,
// so that root is refused as well.
[[nodiscard]] ports::result<ports::Secret> read_key_file(const std::filesystem::path& path);

// A file of one line, such as a password: as above, and what a person typed is all of it. A second line is no part of
// any word, and nobody could say which of the two was meant.
[[nodiscard]] ports::result<ports::Secret> read_word_file(const std::filesystem::path& path);

// A file of several such words, one a line; empty lines are none.
[[nodiscard]] ports::result<std::vector<ports::Secret>> read_words_file(const std::filesystem::path& path);

}  // namespace hcp::gm

template <>
struct boost::system::is_error_code_enum<hcp::gm::key_file_errc> : std::true_type {};
