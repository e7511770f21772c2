#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/new_files.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/identities/rotate_keys.hpp"
#include "plugin/domain/bytes.hpp"

#include <boost/json.hpp>

#include <sys/stat.h>

namespace hcp::ctl {
namespace {

namespace fs = std::filesystem;
using app::SealedUnder;
using ports::SealedKind;

constexpr std::size_t batch = 200;  // rows in a transaction, between which the hosts write

std::string_view text_of(SealedKind kind) {
    switch (kind) {
        case SealedKind::data_key:
            return "主体的数据密钥";
        case SealedKind::handlers:
            return "办件的经办人";
        case SealedKind::withdrawal_reason:
            return "撤回的原因";
        case SealedKind::visitor:
            return "到访的主体";
        case SealedKind::staff_name:
            return "名册上的姓名";
        case SealedKind::role_reason:
            return "解除岗位的原因";
        case SealedKind::attribution_reason:
            return "更改归属的原因";
    }
    return "";
}
std::string_view code_of(SealedKind kind) {
    switch (kind) {
        case SealedKind::data_key:
            return "data_key";
        case SealedKind::handlers:
            return "handlers";
        case SealedKind::withdrawal_reason:
            return "withdrawal_reason";
        case SealedKind::visitor:
            return "visitor";
        case SealedKind::staff_name:
            return "staff_name";
        case SealedKind::role_reason:
            return "role_reason";
        case SealedKind::attribution_reason:
            return "attribution_reason";
    }
    return "";
}

std::string id_text(const ports::KeyId& id) {
    return id == ports::KeyId{} ? "不成封存" : domain::hex_text(id);
}

std::string standing(const ports::MasterKeys& masters, const ports::KeyId& key) {
    if (key == masters.current()) return "现用";
    if (masters.opens(key)) return "可读，待轮换";
    return "读不出：[keys] 中没有这把主密钥";
}

// 12,000
std::string grouped(std::int64_t number) {
    auto text = std::to_string(number);
    for (auto at = std::ssize(text) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::int64_t not_current(const std::vector<SealedUnder>& all, const ports::MasterKeys& masters) {
    std::int64_t rows = 0;
    for (const auto& one : all)
        if (one.key != masters.current()) rows += one.rows;
    return rows;
}

void print(std::ostream& out, const std::vector<SealedUnder>& all, const ports::MasterKeys& masters) {
    Table table{{"内容", "主密钥编号", "条数", "状态"}};
    for (const auto& one : all)
        table.add({std::string{text_of(one.kind)}, id_text(one.key), grouped(one.rows), standing(masters, one.key)});
    out << table;
}

}  // namespace

Exit show_key_status(Outside& outside, bool json, Streams streams) {
    const auto& masters = outside.master_keys();
    const auto all = app::sealed_under(outside.store(), masters, [&] { return outside.cancelled(); });
    if (!all) throw refused_by_database(all.error());
    if (outside.cancelled()) throw Refusal{finding, "已中止，没有数完"};
    const auto left = not_current(*all, masters);
    if (json) {
        boost::json::array places;
        for (const auto& one : *all)
            places.push_back({{"kind", code_of(one.kind)},
                              {"key", domain::hex_text(one.key)},
                              {"current", one.key == masters.current()},
                              {"opens", masters.opens(one.key)},
                              {"rows", one.rows}});
        print_json(streams.out,
                   boost::json::object{
                       {"current_key", domain::hex_text(masters.current())}, {"left", left}, {"sealed", places}});
    } else if (all->empty()) {
        streams.out << "数据库中还没有封存的资料。\n";
    } else {
        print(streams.out, *all, masters);
        streams.out << (left == 0 ? "全部由现用主密钥封存。\n"
                                  : "有 " + grouped(left) + " 条不由现用主密钥封存：运行 hcpctl keys rotate。\n");
    }
    return left == 0 ? fine : finding;
}

Exit rotate_keys(Outside& outside, Streams streams) {
    const auto& masters = outside.master_keys();
    const auto keys = outside.row_keys();
    app::RotateKeys rotation{{outside.store(), keys.sealer, keys.vault, masters}, batch};
    const auto outcome = rotation.run(
        [&](app::RotateKeys::Progress progress) {
            streams.err << "已换 " << grouped(progress.done) << " / " << grouped(progress.of) << '\n' << std::flush;
        },
        [&] { return outside.cancelled(); });
    if (!outcome) throw refused_by_database(outcome.error());
    if (outcome->ended_early) {
        streams.out << "已中止：已换 " << grouped(outcome->done) << " 条，其余没有动；再次运行即从余下的继续。\n";
        return finding;
    }
    print(streams.out, outcome->under, masters);
    const auto left = outcome->left(masters);
    streams.out << "本次换封 " << grouped(outcome->done) << " 条，仍不由现用主密钥封存的 " << grouped(left)
                << " 条。\n";
    if (outcome->spoilt > 0)
        streams.out << "其中 " << grouped(outcome->spoilt) << " 条用它所写的主密钥也打不开（已损坏），原样保留。\n";
    if (left > 0) {
        streams.out << "旧主密钥还不能收起：读不出的，把那把主密钥列进 old_key_files 后再运行；"
                       "仍在增加的，是有实例还在用旧主密钥封存，先让全部实例换用新主密钥。\n";
        return finding;
    }
    streams.out << "数据库中已没有由旧主密钥封存的资料。收起旧主密钥之前：各实例都已用新主密钥重新启动过"
                   "（本地日志随启动换封）；创始的那一把还要用来计算摘要，除非已用 hcpctl keys carry "
                   "写出摘要密钥并设好 [keys] digest_key_file；旧的数据库备份仍要旧主密钥才能读出。\n";
    return fine;
}

Exit carry_digests(Outside& outside, const fs::path& file, Streams streams) {
    std::error_code error;
    if (fs::symlink_status(file, error).type() != fs::file_type::not_found)
        throw Refusal{finding, file.string() + " 已存在，不会覆盖：换一个文件名"};
    const auto text = outside.carried_digests() + '\n';
    NewFiles files;
    files.write(file, text, S_IRUSR | S_IWUSR);
    files.keep();
    streams.out << "摘要密钥已写入 " << file.string() << "，由主密钥 "
                << domain::hex_text(outside.master_keys().current())
                << " 封存。\n把它写进每个实例的 [keys] digest_key_file 并重新启动；此后创始主密钥不再需要。"
                   "以后再轮换主密钥，要重新写出一份。\n";
    return fine;
}

}  // namespace hcp::ctl
