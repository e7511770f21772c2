#include "adapters/store/check_database.hpp"

#include "adapters/store/columns.hpp"
#include "adapters/store/complaint.hpp"
#include "adapters/store/dialect.hpp"
#include "adapters/store/migrations.hpp"
#include "adapters/store/unit.hpp"
#include "adapters/store/ways.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <map>
#include <vector>

namespace hcp::store {
namespace {

using Kind = Remark::Kind;

// What the exception being handled says; call it in a catch block.
std::string said(const Dialect& dialect) {
    try {
        throw;
    } catch (const soci::soci_error& error) {
        return error.what();
    } catch (...) {
        const auto complaint = current_complaint();
        return complaint.empty() ? make_error_code(current_error(dialect)).message() : complaint;
    }
}

// What a DBA has added beside it, and in which order it stands, is his own matter.
void keep_ours(SchemaObject& theirs, const SchemaObject& ours) {
    if (ours.kind == SchemaObject::Kind::index) return;
    leave_columns_of(theirs, ours);
    std::ranges::sort(theirs.columns, {}, [&](const SchemaObject::Column& column) {
        return std::ranges::find(ours.columns, column.name, &SchemaObject::Column::name);
    });
}

class Check {
public:
    Check(const Dialect& dialect, const StoreOptions& options, std::chrono::milliseconds max_skew)
        : dialect_{dialect}, options_{options}, max_skew_{max_skew} {
        options_.warn = [this](const std::string& text) { add(Kind::warning, "设置", text); };
    }

    std::vector<Remark> run(Instant now) {
        std::unique_ptr<Session> session;
        if (!tried("连接", [&] { session = Ways{dialect_, options_}.open(Access::write); })) return std::move(found_);
        add(Kind::fine, "连接", "可用");
        tried("时钟", [&] { clock(*session, now); });  // before the rest takes its time
        std::vector<Step> steps;
        if (!tried("结构", [&] { steps = need_schema(dialect_, *session, nullptr); })) return std::move(found_);
        if (const auto newer = told_of_newer(steps); !newer.empty()) add(Kind::warning, "版本", newer);
        tried("结构", [&] { objects(*session); });
        rights(*session);
        std::string why;
        const auto examine = [&] { dialect_.examine(*session, options_, &why); };
        if (tried("设置", examine, &why) && !has("设置")) add(Kind::fine, "设置", "字符集、落盘方式均合要求");
        return std::move(found_);
    }

private:
    void add(Kind kind, std::string about, std::string text) {
        found_.push_back({kind, std::move(about), std::move(text)});
    }
    [[nodiscard]] bool has(std::string_view about) const {
        return std::ranges::find(found_, about, &Remark::about) != found_.end();
    }
    template <class Work>
    bool tried(const char* about, const Work& work, const std::string* why = nullptr) {
        try {
            work();
            return true;
        } catch (...) {
            const auto reason = said(dialect_);
            add(Kind::fault, about, why == nullptr || why->empty() ? reason : *why);
            return false;
        }
    }

    void objects(Session& session) {
        std::size_t tables = 0, indexes = 0;
        for (const auto& ours : whole_schema(dialect_)) {
            const bool is_index = ours.kind == SchemaObject::Kind::index;
            ++(is_index ? indexes : tables);
            auto theirs = session.found(ours);
            const bool missing = theirs.columns.empty();
            keep_ours(theirs, ours);
            if (text_of(theirs) == text_of(ours)) continue;
            add(Kind::fault, "结构",
                (missing ? "缺少 " : "不同：数据库中为 " + text_of(theirs) + "；应为 ") + text_of(ours) +
                    (is_index ? "。缺少索引时数据越多越慢，请 DBA 按此重建" : "。请 DBA 核对"));
        }
        if (!has("结构"))
            add(Kind::fine, "结构",
                std::to_string(tables) + " 张表、" + std::to_string(indexes) + " 个索引与本软件一致");
    }

    // Tried on no row: whoever lacks the right is refused all the same.
    void rights(Session& session) {
        std::map<std::string, std::string> lacking;  // by right: tables and what the database said
        for (const auto name : table_names()) {
            const std::string table{name}, column{columns_of(name).front()}, no_row = " where 1 = 0";
            const std::pair<const char*, std::string> tries[] = {
                {"select 或 insert", "insert into " + table + " select * from " + table + no_row},
                {"update", "update " + table + " set " + column + " = " + column + no_row},
                {"delete", "delete from " + table + no_row}};
            for (const auto& [right, text] : tries) try {
                    session.begin(Access::write);
                    session.execute(text);
                    session.rollback();
                } catch (...) {
                    const auto reason = said(dialect_);
                    session.rollback();
                    auto& tables = lacking[right];
                    tables += (tables.empty() ? "" : "；") + table + "（" + reason + "）";
                }
        }
        for (const auto& [right, tables] : lacking)
            add(Kind::fault, "权限", right + " 不可用：" + tables + "。请 DBA 授权");
        if (lacking.empty()) add(Kind::fine, "权限", "各表可查、可增、可改、可删");
    }

    void clock(Session& session, Instant now) {
        const auto theirs = session.server_time();
        if (!theirs) return;
        const auto skew = std::chrono::duration_cast<std::chrono::milliseconds>(*theirs - now);
        const bool fine = std::chrono::abs(skew) <= max_skew_;
        add(fine ? Kind::fine : Kind::warning, "时钟",
            "数据库服务器比本机" + std::string{skew.count() < 0 ? "慢 " : "快 "} +
                std::to_string(std::chrono::abs(skew).count()) + " 毫秒" +
                (fine ? "" : "，超过 [clock] max_skew_ms 的 " + std::to_string(max_skew_.count()) + " 毫秒：请校时"));
    }

    const Dialect& dialect_;
    StoreOptions options_;
    const std::chrono::milliseconds max_skew_;
    std::vector<Remark> found_;
};

}  // namespace

std::vector<Remark> check_database(const StoreOptions& options, Instant now, std::chrono::milliseconds max_skew) {
    return Check{dialect_of(options.backend), options, max_skew}.run(now);
}

}  // namespace hcp::store
