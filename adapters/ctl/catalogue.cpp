#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/new_files.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/catalogue/import_catalogue.hpp"
#include "plugin/app/catalogue/list_catalogue.hpp"
#include "plugin/app/catalogue/release_catalogue.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/utf8.hpp"

#include <sys/stat.h>

#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using app::CatalogueChange;

// Of a cell that may be long; a preview is one line a field.
std::string shown(std::string_view cell) {
    return cell.empty() ? "（空）" : shortened(cell, 60);
}

std::string_view word_of(CatalogueChange::Kind kind) {
    switch (kind) {
        case CatalogueChange::Kind::added:
            return "新增";
        case CatalogueChange::Kind::changed:
            return "变更";
        case CatalogueChange::Kind::withdrawn:
            return "撤回草稿";
    }
    return "";
}

std::string named(CataloguePart part, std::string_view code) {
    return std::string{text_of(part)} + " " + std::string{code};
}

std::string_view word_of(EditionState state) {
    switch (state) {
        case EditionState::draft:
            return "草稿";
        case EditionState::active:
            return "现行";
        case EditionState::superseded:
            return "已被取代";
    }
    return "";
}

}  // namespace

Exit import_catalogue(Outside& outside, const std::string& actor, const std::filesystem::path& folder,
                      bool only_preview, Streams streams) {
    constexpr std::string_view nothing = "目录没有导入，什么也没有改动。";
    const auto files = outside.catalogue_files(folder);
    refuse_faults(outside, files.faults, nothing);
    const auto imported = done_or_refuse(only_preview ? app::try_catalogue(outside.store(), actor, files, outside.now())
                                                      : app::import_catalogue(outside.catalogue(), actor, files));
    refuse_faults(outside, imported.faults, nothing);
    for (const auto& change : imported.changes) {
        streams.out << word_of(change.kind) << " " << named(change.part, change.code) << "\n";
        for (const auto& field : change.fields)
            streams.out << "  " << field.column << "：" << shown(field.before) << " → " << shown(field.after) << "\n";
    }
    streams.out << "不变 " << imported.unchanged << " 条\n"
                << (only_preview ? "只是预览，没有导入。\n" : "已导入为草稿；用 hcpctl catalogue release 发布。\n");
    return fine;
}

Exit check_catalogue(Outside& outside, const std::filesystem::path& folder, Streams streams) {
    if (!folder.empty()) {
        const auto files = outside.catalogue_files(folder);
        refuse_faults(outside, files.faults, {});
        refuse_faults(outside, app::faults_between(files, day_of(outside.now())), {});
        streams.out << "部门 " << files.departments.size() << " 个，事项 " << files.items.size() << " 个，指南 "
                    << files.guides.size() << " 份，没有发现问题。\n";
        return fine;
    }
    const auto checked = app::check_catalogue(outside.store(), outside.now());
    if (!checked) throw refused_by_database(checked.error());
    refuse_faults(outside, checked->faults, {});
    streams.out << "草稿 " << checked->released.size() << " 条，全部发布后没有问题。\n";
    return fine;
}

Exit release_catalogue(Outside& outside, const std::string& actor, Streams streams) {
    const auto released = done_or_refuse(app::release_catalogue(outside.catalogue(), actor));
    refuse_faults(outside, released.faults, "没有发布，什么也没有改动。");
    for (const auto& one : released.released) streams.out << "已发布 " << named(one.part, one.code) << "\n";
    for (const auto& one : released.left)
        streams.out << "仍是草稿 " << named(one.part, one.code) << "：由其部门负责人或监督人员发布\n";
    return fine;
}

Exit export_catalogue(Outside& outside, const std::filesystem::path& folder, std::optional<Day> at, Streams streams) {
    const auto until = at ? start_of(*at + std::chrono::days{1}) - std::chrono::microseconds{1} : outside.now();
    const auto catalogue = app::catalogue_at(outside.store(), until);
    if (!catalogue) throw refused_by_database(catalogue.error());
    if (catalogue->departments.empty()) throw Refusal{finding, "那时还没有发布过目录：hcpctl catalogue list 查看"};
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Refusal{finding, "无法建立目录 " + folder.string() + "：" + error.message()};
    NewFiles files;
    for (const auto part : catalogue_parts)
        files.write(folder / file_of(part), outside.catalogue_text(part, *catalogue),
                    S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    files.keep();
    streams.out << "已写出 " << (folder / "{departments,items,guides}.csv").string() << "\n";
    return fine;
}

Exit list_catalogue(Outside& outside, bool json, Streams streams) {
    const auto listed = app::list_catalogue(outside.store());
    if (!listed) throw refused_by_database(listed.error());
    const auto& all = *listed;
    if (json) {
        print_json(streams.out, app::json_of(all));
        return fine;
    }
    if (all.empty()) {
        streams.out << "还没有目录；用 hcpctl catalogue import 导入。\n";
        return fine;
    }
    Table table{{"类别", "代码", "内容", "次序", "状态", "起草人", "发布人", "发布时间"}};
    for (const auto& one : all)
        table.add({std::string{text_of(one.part)}, one.code, one.says, std::to_string(one.edition.revision),
                   std::string{word_of(one.edition.state)}, one.edition.drafted_by, or_dash(one.edition.released_by),
                   text_of(one.edition.released_at)});
    streams.out << table;
    return fine;
}

}  // namespace hcp::ctl
