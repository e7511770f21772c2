#include "plugin/ports/crypto.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/store/store.hpp"

namespace hcp::ports {
namespace {

class JournalCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.journal"; }
    std::string message(int code) const override {
        switch (static_cast<journal_errc>(code)) {
            case journal_errc::full:
                return "本地日志已满（磁盘或配额），未保存";
            case journal_errc::unavailable:
                return "本地日志无法读写，未保存";
            case journal_errc::corrupt:
                return "本地日志记录无法用现有密钥打开";
            case journal_errc::missing:
                return "没有这条记录";
            case journal_errc::moved:
                return "其间另有事件写入，未保存";
        }
        return "未知的日志错误";
    }
};

class StoreCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.store"; }
    std::string message(int code) const override {
        switch (static_cast<store_errc>(code)) {
            case store_errc::unavailable:
                return "数据库暂时不可用，没有改变任何数据";
            case store_errc::conflict:
                return "数据已被他人先行修改，请重新读取";
            case store_errc::in_doubt:
                return "提交结果未知，请重新读取后再决定";
            case store_errc::refused:
                return "数据库拒绝了这批数据";
            case store_errc::corrupt:
                return "数据库内容不符合约定";
        }
        return "未知的数据库错误";
    }
};

class CryptoCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "hcp.crypto"; }
    std::string message(int code) const override {
        switch (static_cast<crypto_errc>(code)) {
            case crypto_errc::bad_key:
                return "密钥不可用（长度、格式或文件权限不符）";
            case crypto_errc::unauthentic:
                return "密文或签名不是用该密钥生成，或已被改动";
            case crypto_errc::malformed:
                return "密文、签名或编码格式不正确";
            case crypto_errc::unknown_key:
                return "密文所用密钥不在密钥环中";
            case crypto_errc::unavailable:
                return "密码库拒绝了该操作";
        }
        return "未知的密码错误";
    }
};

}  // namespace

const boost::system::error_category& crypto_category() noexcept {
    static const CryptoCategory category;
    return category;
}
const boost::system::error_category& journal_category() noexcept {
    static const JournalCategory category;
    return category;
}
const boost::system::error_category& store_category() noexcept {
    static const StoreCategory category;
    return category;
}

std::string told(const error_code& error, const Store& store) {
    const bool is_away =
        error == store_errc::unavailable || error == store_errc::in_doubt || error == store_errc::corrupt;
    const auto said = is_away ? store.complaint() : std::string{};
    return said.empty() ? error.message() : error.message() + "（" + said + "）";
}

}  // namespace hcp::ports
