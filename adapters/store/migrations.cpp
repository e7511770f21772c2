#include "adapters/store/migrations.hpp"

#include "adapters/store/statement_list.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace hcp::store {
namespace {

constexpr struct {
    Statement all{"schema_history.all", "select step, name, checksum, applied_at_us from schema_history order by step",
                  true};
    Statement take{"schema_history.take", R"(
        insert into schema_history (step, name, checksum, applied_at_us)
        values (:step, :name, :checksum, :applied_at))"};
} sql;

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
    session.query(sql.all, {}, {}, [&](const Row& row) {
        Decoder from{row};
        const auto number = from.take<std::int32_t>();
        const auto name = from.take<std::string>(), checksum = from.take<std::string>();
        const auto ours = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.number == number; });
        if (ours == steps.end())
            refuse(why, "数据库由更新版本的软件建立：本软件不认识步骤 " + name + "（编号 " + std::to_string(number) +
                            "，本软件到 " + std::to_string(steps.back().number) +
                            "）。请使用更新的版本，不要降级运行。");
        if (ours->checksum != checksum)
            refuse(why, "数据库步骤 " + ours->name + " 与本软件的文件不一致：数据库记录的校验和 " + checksum +
                            "，本软件的校验和 " + ours->checksum + "。已发布的步骤不得修改。");
        ours->applied_at = from.take<domain::Instant>();
    });
}

}  // namespace

std::vector<const Statement*> schema_statements() {
    return list_of(sql);
}

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

void need_schema(const Dialect& dialect, Session& session, std::string* why) {
    for (const auto& step : compare_steps(dialect, session, why))
        if (!step.applied_at) refuse(why, "数据库缺少步骤 " + step.name + "，请先运行 hcpctl db migrate。");
}

std::size_t take_steps(const Dialect& dialect, Session& session, Instant now, std::string* why) {
    std::size_t taken = 0;
    const auto files = dialect.migrations();
    for (std::size_t i = 0; i < files.size(); ++i) {
        Transaction transaction{session};
        // Read again under the right to write: another process may be taking the same steps.
        const auto step = compare_steps(dialect, session, why)[i];
        if (step.applied_at) continue;
        session.step(files[i].text);
        session.each(sql.take,
                     with("step", step.number, "name", step.name, "checksum", step.checksum, "applied_at", now));
        transaction.commit();
        ++taken;
    }
    return taken;
}

}  // namespace hcp::store
