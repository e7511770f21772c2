#include "adapters/ctl/commands.hpp"
#include "plugin/domain/outside_text.hpp"

namespace hcp::ctl {

// Neither the number nor anything that comes of it is printed.
Exit erase_subject(Outside& outside, domain::SubjectType type, bool confirmed, Streams streams) {
    const auto number = domain::folded_number(outside.line_of_input());
    if (number.empty())
        throw Refusal{misuse,
                      "标准输入的第一行应为证件号码（不写在命令行上，以免留在命令历史中），如 hcpctl subjects erase "
                      "--type legal < 文件"};
    const auto found = outside.erase_subject(type, number, confirmed);
    if (!found) throw Refusal{finding, "没有这个主体，或已经删除：请核对主体类型（--type）和证件号码，什么也没有改动"};
    streams.out << "涉及评价 " << found->evaluations << " 件（不含开标前保密的）。\n";
    if (!found->erased) {
        streams.out << "尚未删除：核对后加 --yes 执行。删除后其身份信息、填写的文字和联系电话无法恢复，"
                       "评价等级和统计保留，留痕链照常核验。\n";
        return finding;
    }
    streams.out << "已删除：数据密钥已销毁，留痕链已记载，名单已写入实例目录的 erasures.log（请与锚点文件一同备份）。\n"
                   "此前的数据库备份中仍有旧的数据密钥：恢复后启动时会再次删除；要使旧备份也读不出，须轮换并销毁当时的"
                   "主密钥。\n";
    return fine;
}

}  // namespace hcp::ctl
