#include "adapters/gm/key_file.hpp"

#include "adapters/gm/encoding.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/unseen.hpp"
#include "plugin/domain/utf8.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/owner_only.hpp"

#include <openssl/crypto.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

namespace hcp::gm {
namespace {

constexpr std::size_t largest_bytes = 16'384;

class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.key_file"; }
    std::string message(int code) const override {
        switch (static_cast<key_file_errc>(code)) {
            case key_file_errc::unreadable:
                return "密钥文件不存在或读不出来";
            case key_file_errc::not_regular:
                return "密钥文件不是普通文件";
            case key_file_errc::too_open:
                return "密钥文件可被他人读写，请执行 chmod 600";
            case key_file_errc::foreign_owner:
                return "密钥文件属于别的用户，请改为运行本程序的用户";
            case key_file_errc::bad_size:
                return "密钥文件是空的或过大";
            case key_file_errc::not_a_master_key:
                return "主密钥文件应为 64 位十六进制字符（32 字节）";
            case key_file_errc::not_a_text:
                return "密钥文件中有 NUL 字节、控制字符，或不是 UTF-8";
            case key_file_errc::several_lines:
                return "文件应只有一行，现有多行";
            case key_file_errc::unseen:
                return "文件中有看不见的字符，或首尾有全角空格";
        }
        return "未知的密钥文件错误";
    }
};

// Wiped when it goes: the file's text is as secret as the key.
struct Buffer {
    std::array<char, largest_bytes + 1> data;
    std::size_t used = 0;
    ~Buffer() { OPENSSL_cleanse(data.data(), used); }
};

ports::result<void> need_word(std::string_view word) {
    if (!domain::is_utf8(word) || std::any_of(word.begin(), word.end(), domain::is_control))
        return key_file_errc::not_a_text;
    if (domain::first_unseen(word) || domain::trimmed_wide(word) != word) return key_file_errc::unseen;
    return {};
}

key_file_errc errc_of(run::Exposure exposure) {
    switch (exposure) {
        case run::Exposure::not_regular:
            return key_file_errc::not_regular;
        case run::Exposure::open_to_others:
            return key_file_errc::too_open;
        case run::Exposure::foreign_owner:
            break;
    }
    return key_file_errc::foreign_owner;
}

}  // namespace

const boost::system::error_category& key_file_category() noexcept {
    static const Category category;
    return category;
}

ports::result<ports::Secret> read_key_file(const std::filesystem::path& path) {
    // A pipe in the file's place is refused, not waited for.
    const auto file = run::open_file(path, O_RDONLY | O_NONBLOCK);
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0) return key_file_errc::unreadable;
    if (const auto exposure = run::exposure_of(status)) return errc_of(*exposure);

    Buffer text;
    while (text.used < text.data.size()) {
        const auto got = run::read_some(file, text.data.data() + text.used, text.data.size() - text.used);
        if (got < 0) return key_file_errc::unreadable;
        if (got == 0) break;
        text.used += static_cast<std::size_t>(got);
    }
    const auto key = domain::trimmed(domain::without_mark({text.data.data(), text.used}));
    if (key.empty() || text.used > largest_bytes) return key_file_errc::bad_size;
    if (key.find('\0') != key.npos) return key_file_errc::not_a_text;
    return ports::Secret{ports::as_bytes(key)};
}

ports::result<ports::Secret> read_word_file(const std::filesystem::path& path) {
    HCP_TRY(auto secret, read_key_file(path));
    const auto word = ports::as_text(secret.view());
    if (word.find_first_of("\r\n") != word.npos) return key_file_errc::several_lines;
    HCP_CHECK(need_word(word));
    return secret;
}

ports::result<std::vector<ports::Secret>> read_words_file(const std::filesystem::path& path) {
    HCP_TRY(const auto secret, read_key_file(path));
    std::vector<ports::Secret> words;
    for (auto rest = ports::as_text(secret.view()); !rest.empty();) {
        const auto [line, others] = domain::parted(rest, "\n");
        rest = others;
        const auto word = domain::trimmed(line);
        if (word.empty()) continue;
        HCP_CHECK(need_word(word));
        words.emplace_back(ports::as_bytes(word));
    }
    return words;
}

}  // namespace hcp::gm
