#include "adapters/store/migrations.hpp"

#include "adapters/store/statement_list.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"
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
} migrations_sql;

bool contracts(std::string_view name) {
    return domain::parted(name, "__").second.starts_with("contract_");
}

[[noreturn]] void refuse(std::string* why, std::string reason) {
    if (why != nullptr) *why = reason;
    throw StoreError{store_errc::corrupt, std::move(reason)};
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

// What a newer software has added we need not know; what it took away, or what was never ahead of us, is not for us.
void need_harmless(const Step& theirs, std::int32_t our_last, std::string* why) {
    const auto named =
        theirs.name + "（编号 " + std::to_string(theirs.number) + "，本软件到 " + std::to_string(our_last) + "）";
    if (theirs.number <= our_last)
        refuse(why,
               "数据库中的步骤 " + named +
                   "不是本软件的，数据库由另一分支的软件建立。请使用建立它的那种软件，或核对连接的是不是这个数据库。");
    if (theirs.contracts())
        refuse(why, "数据库已由更新版本的软件收缩：步骤 " + named +
                        "去掉或收紧了本软件还要用的结构。请把本机的模块和 hcpctl 换成有这一步的版本；确要退回本版本的，"
                        "只能恢复这一步之前的备份。");
}

// Those that only a newer software knows are behind ours.
void read_history(Session& session, std::vector<Step>& steps, std::string* why) {
    if (!session.has_table("schema_history")) return;
    const auto our_last = steps.back().number;
    session.query(migrations_sql.all, {}, {}, [&](const Row& row) {
        Decoder from{row};
        Step theirs;
        theirs.number = from.take<std::int32_t>();
        theirs.name = from.take<std::string>();
        theirs.checksum = from.take<std::string>();
        theirs.applied_at = from.take<domain::Instant>();
        theirs.newer = true;
        const auto ours = std::ranges::find(steps, theirs.number, &Step::number);
        if (ours == steps.end()) {
            need_harmless(theirs, our_last, why);
            steps.push_back(std::move(theirs));
            return;
        }
        if (ours->checksum != theirs.checksum)
            refuse(why, "数据库步骤 " + ours->name + " 与本软件的文件不一致：数据库记录的校验和 " + theirs.checksum +
                            "，本软件的校验和 " + ours->checksum + "。已发布的步骤不得修改。");
        ours->applied_at = theirs.applied_at;
    });
}

// Those that follow one another as one: "V0003__subjects 至 V0007__cases_unclassified".
template <class Wanted>
std::vector<std::string> runs_of(const std::vector<Step>& steps, const Wanted& wanted) {
    std::vector<std::string> runs;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!wanted(steps[i])) continue;
        const auto first = i;
        while (i + 1 < steps.size() && wanted(steps[i + 1])) ++i;
        runs.push_back(first == i ? steps[i].name : steps[first].name + " 至 " + steps[i].name);
    }
    return runs;
}
std::vector<std::string> runs_of_missing(const std::vector<Step>& steps, Steps which) {
    return runs_of(steps, [which](const Step& step) { return step.is_due(which); });
}

// False: it is there already.
bool made_here(Session& session, const MigrationFile& file, std::string* why) {
    try {
        return session.step(file.text);
    } catch (const StoreError& error) {
        const auto said = error.complaint.empty() ? std::string{} : "（" + error.complaint + "）";
        if (why != nullptr && error.lacks_right)
            *why = "当前数据库用户没有建表、建索引的权限，步骤 " + std::string{file.name} + " 未执行" + said +
                   "。请授予权限（MySQL：create、index、references；Oracle：create table 和表空间配额）后重试，或运行 "
                   "hcpctl db migrate --print，把输出的脚本交 DBA 执行。";
        else if (why != nullptr)
            *why = "步骤 " + std::string{file.name} + " 未能执行" + said + "。";
        throw;
    }
}

// Whoever made it, and whenever.
void need_the_same(Session& session, const MigrationFile& file, std::string* why) {
    const auto ours = made_by(file.text);
    const auto theirs = session.found(ours);
    auto common = theirs;  // a later step, which may be a newer software's, has added columns
    if (ours.kind != SchemaObject::Kind::index) leave_columns_of(common, ours);
    if (text_of(common) == text_of(ours)) return;
    refuse(why, "数据库中已有与步骤 " + std::string{file.name} + " 同名的对象，但与本软件要建立的不同。数据库中：" +
                    text_of(theirs) + "；本软件：" + text_of(ours) + "。请 DBA 核对，改名或删除该对象后重试。");
}

}  // namespace

bool Step::contracts() const {
    return store::contracts(name);
}

bool Step::is_due(Steps which) const {
    return !applied_at && (which == Steps::all || !contracts());
}

std::vector<const Statement*> schema_statements() {
    return list_of(migrations_sql);
}

std::vector<SchemaObject> whole_schema(const Dialect& dialect) {
    std::vector<SchemaObject> all;
    for (const auto& file : dialect.migrations()) {
        if (contracts(file.name)) continue;
        auto made = made_by(file.text);
        const auto table = std::find_if(all.begin(), all.end(), [&](const SchemaObject& one) {
            return made.kind == SchemaObject::Kind::columns && one.name == made.name;
        });
        if (table == all.end())
            all.push_back(std::move(made));
        else
            table->columns.insert(table->columns.end(), made.columns.begin(), made.columns.end());
    }
    return all;
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, 32> digest{};
    if (EVP_Q_digest(run::openssl_library(), "SHA256", nullptr, text.data(), text.size(), digest.data(), nullptr) != 1)
        throw StoreError{store_errc::unavailable};
    return domain::hex_text(digest);
}

std::vector<Step> our_steps(const Dialect& dialect) {
    std::vector<Step> steps;
    for (const auto& file : dialect.migrations())
        steps.push_back({file.number, std::string{file.name}, sha256_hex(file.text), std::nullopt, false});
    return steps;
}

std::vector<Step> compare_steps(const Dialect& dialect, Session& session, std::string* why) {
    auto steps = our_steps(dialect);
    read_history(session, steps, why);
    return steps;
}

std::string told_of_newer(const std::vector<Step>& steps) {
    const auto newer = runs_of(steps, [](const Step& step) { return step.newer; });
    if (newer.empty()) return {};
    return "数据库已由更新版本的软件升级，多出步骤 " + domain::joined(newer, "、") +
           "；这些步骤只增加，本软件可以继续使用，待换成新版本";
}

std::vector<Step> need_schema(const Dialect& dialect, Session& session, std::string* why) {
    auto steps = compare_steps(dialect, session, why);
    const auto missing = runs_of_missing(steps, Steps::expand);
    if (missing.empty()) return steps;
    refuse(why, "数据库缺少步骤 " + domain::joined(missing, "、") +
                    "。请用有建表权限的数据库用户运行 hcpctl db migrate；没有这样的用户时，运行 hcpctl db migrate "
                    "--print，把输出的脚本交 DBA 执行。");
}

std::size_t take_steps(const Dialect& dialect, Session& session, Instant now, std::string* why, Steps which,
                       std::int32_t up_to) {
    // Nothing to write: no lock, which somebody else may hold for long.
    if (runs_of_missing(compare_steps(dialect, session, why), which).empty()) return 0;
    std::size_t taken = 0;
    const auto files = dialect.migrations();
    for (std::size_t i = 0; i < files.size() && files[i].number <= up_to; ++i) {
        Transaction transaction{session};
        // Read again under the right to write: another process may be taking the same steps.
        const auto step = compare_steps(dialect, session, why)[i];
        if (!step.is_due(which)) continue;
        if (!made_here(session, files[i], why)) need_the_same(session, files[i], why);
        // Only SQLite undoes a change of the schema, and only there are others kept out meanwhile. What several have
        // tried is made once, under its name; the row's key decides who it was. Of one that died before it noted it
        // nothing remains to be cleared away.
        try {
            session.each(migrations_sql.take,
                         with("step", step.number, "name", step.name, "checksum", step.checksum, "applied_at", now));
            transaction.commit();
            ++taken;
        } catch (const StoreError& error) {
            if (error.code != store_errc::conflict) throw;
        }
    }
    return taken;
}

std::string script_of(const Dialect& dialect, const std::vector<Step>& steps, Instant now, Steps which) {
    const auto files = dialect.migrations();
    std::string script;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!steps[i].is_due(which)) continue;
        const auto& [number, name, checksum, applied_at, newer] = steps[i];
        script += dialect.script_begin();
        script.append(domain::trimmed(files[i].text)).append(";\n");
        script += "insert into schema_history (step, name, checksum, applied_at_us) values (" + std::to_string(number) +
                  ", '" + name + "', '" + checksum + "', " + std::to_string(domain::to_us(now)) + ");\ncommit;\n\n";
    }
    return script;
}

}  // namespace hcp::store
