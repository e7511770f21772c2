#include "adapters/store/migrations.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/evp.h>
#include <soci/soci.h>

#include <algorithm>
#include <array>

namespace hcp::store {
namespace {

[[noreturn]] void refuse(std::string* why, std::string reason) {
    if (why != nullptr) *why = std::move(reason);
    throw StoreError{store_errc::corrupt};
}

// Held for one step: its change and its line of history belong together where the database can do that.
class Transaction {
public:
    explicit Transaction(Session& session) : session_{session} { session_.begin(Access::write); }
    Transaction(const Transaction&) = delete;
    ~Transaction() {
        if (!done_) session_.rollback();
    }
    void commit() {
        session_.commit();
        done_ = true;
    }

private:
    Session& session_;
    bool done_ = false;
};

void read_history(Session& session, std::vector<Step>& steps, std::string* why) {
    if (!session.has_table("schema_history")) return;
    int number = 0;
    std::string name, checksum;
    long long applied_at_us = 0;
    soci::statement query =
        (session.soci().prepare << "select step, name, checksum, applied_at_us from schema_history order by step",
         soci::into(number), soci::into(name), soci::into(checksum), soci::into(applied_at_us));
    for (query.execute(); query.fetch();) {
        const auto ours = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.number == number; });
        if (ours == steps.end())
            refuse(why, "数据库由更新版本的软件建立：本软件不认识步骤 " + name + "（编号 " + std::to_string(number) +
                            "，本软件到 " + std::to_string(steps.back().number) +
                            "）。请使用更新的版本，不要降级运行。");
        if (ours->checksum != checksum)
            refuse(why, "数据库步骤 " + ours->name + " 与本软件的文件不一致：数据库记录的校验和 " + checksum +
                            "，本软件的校验和 " + ours->checksum + "。已发布的步骤不得修改。");
        ours->applied_at = domain::instant_from_us(applied_at_us);
    }
}

}  // namespace

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, 32> digest{};
    if (EVP_Q_digest(run::openssl_library(), "SHA256", nullptr, text.data(), text.size(), digest.data(), nullptr) != 1)
        throw StoreError{store_errc::unavailable};
    return domain::hex_text(digest);
}

std::vector<Step> compare_steps(const Dialect& dialect, Session& session, std::string* why) {
    std::vector<Step> steps;
    for (const auto& file : dialect.migrations())
        steps.push_back({file.number, std::string{file.name}, sha256_hex(file.text), std::nullopt});
    read_history(session, steps, why);
    return steps;
}

std::size_t take_steps(const Dialect& dialect, Session& session, Instant now, std::string* why) {
    std::size_t taken = 0;
    const auto files = dialect.migrations();
    for (std::size_t i = 0; i < files.size(); ++i) {
        Transaction transaction{session};
        // Read again under the right to write: another process may be taking the same steps.
        const auto step = compare_steps(dialect, session, why)[i];
        if (step.applied_at) continue;
        const std::string text{files[i].text};
        session.soci() << text;
        const long long applied_at_us = domain::to_us(now);
        session.soci()
            << "insert into schema_history (step, name, checksum, applied_at_us) values (:step, :name, :checksum, :at)",
            soci::use(step.number), soci::use(step.name), soci::use(step.checksum), soci::use(applied_at_us);
        transaction.commit();
        ++taken;
    }
    return taken;
}

}  // namespace hcp::store
