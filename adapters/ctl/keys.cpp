#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/new_files.hpp"
#include "adapters/ctl/print.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace hcp::ctl {
namespace {

namespace fs = std::filesystem;

}  // namespace

Exit init_keys(Outside& outside, const fs::path& directory, Streams streams) {
    const auto master = directory / "master.key", anchor = directory / "anchor.pem",
               anchor_public = directory / "anchor.pub.pem";
    std::error_code error;
    for (const auto& path : {master, anchor, anchor_public})
        if (fs::symlink_status(path, error).type() != fs::file_type::not_found)
            throw Refusal{
                finding,
                path.string() +
                    " 已存在，不会覆盖：丢失主密钥即无法再读出身份信息。换一个目录，或先把旧密钥移到别处妥善保存"};
    if (!fs::is_directory(directory, error) && ::mkdir(directory.c_str(), S_IRWXU) != 0)
        throw Refusal{finding, "无法建立目录 " + directory.string() + "（" + std::strerror(errno) +
                                   "）；先建立上级目录，或换一个可写的位置"};

    const auto keys = outside.new_keys();
    NewFiles files;
    files.write(master, ports::as_text(keys.master.view()), S_IRUSR | S_IWUSR);
    files.write(anchor, ports::as_text(keys.anchor.view()), S_IRUSR | S_IWUSR);
    files.write(anchor_public, keys.anchor_public, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    files.keep();

    Table table{{"用途", "文件", "编号"}};
    table.add({"主密钥", master.string(), keys.master_id});
    table.add({"留痕锚点私钥", anchor.string(), keys.anchor_id});
    table.add({"留痕锚点公钥", anchor_public.string(), keys.anchor_id});
    streams.out
        << table
        << "把前两个文件写进 [keys] master_key_file 和 anchor_key_file；离线备份主密钥，丢失后无法再读出身份信息。\n"
        << "公钥可以交给审计方，用 hcpctl ledger verify --public-key 核验留痕链。\n";
    return fine;
}

Exit show_keys(Outside& outside, Streams streams) {
    Table table{{"用途", "文件", "编号"}};
    for (auto& key : outside.keys()) table.add({std::move(key.purpose), std::move(key.file), std::move(key.id)});
    streams.out << table;
    return fine;
}

}  // namespace hcp::ctl
