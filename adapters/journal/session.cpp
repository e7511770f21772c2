#include "adapters/journal/session.hpp"

#include "plugin/run/sqlite_wal.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <unistd.h>

#include <system_error>

namespace hcp::journal {
namespace {

// Below this SQLite may fail with an I/O error instead of SQLITE_FULL, because its shared memory cannot grow.
constexpr std::uintmax_t hardly_any_space = std::uintmax_t{256} * 1024;

bool disk_is_full(const std::filesystem::path& file) {
    std::error_code ec;
    const auto space = std::filesystem::space(file.parent_path(), ec);
    return !ec && space.available < hardly_any_space;
}

ports::journal_errc errc_of(int code, const std::filesystem::path& file) {
    using ports::journal_errc;
    switch (code & 0xFF) {  // an extended code carries its kind in the low byte
        case SQLITE_FULL:
            return journal_errc::full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return journal_errc::corrupt;
        default:
            return disk_is_full(file) ? journal_errc::full : journal_errc::unavailable;
    }
}

}  // namespace

Failure failure_of_current_exception(const std::filesystem::path& file) {
    try {
        throw;
    } catch (const soci::sqlite3_soci_error& e) {
        return {errc_of(e.result(), file), e.what()};
    } catch (const std::exception& e) {
        return {ports::journal_errc::unavailable, e.what()};
    } catch (...) {
        return {ports::journal_errc::unavailable, "unknown exception"};
    }
}

std::string advice_for(const std::filesystem::path& file) {
    const auto directory = file.parent_path();
    if (access(directory.c_str(), F_OK) != 0) return "目录不存在，请先建立";
    if (access(directory.c_str(), W_OK | X_OK) != 0) return "目录不可写，请改其权限";
    if (access(file.c_str(), F_OK) == 0 && access(file.c_str(), R_OK | W_OK) != 0) return "文件不可写，请改其权限";
    return "请检查文件是否损坏、磁盘是否已满、文件系统是否支持 SQLite 的 WAL";
}

std::string connection_string(const std::filesystem::path& file, const std::string& vfs_name) {
    constexpr auto plain = boost::urls::unreserved_chars + '/';
    const auto escaped = [&](const std::string& text) { return boost::urls::encode(text, plain); };
    auto uri = "dbname=file:" + escaped(std::filesystem::absolute(file).string());
    if (!vfs_name.empty()) uri += "?vfs=" + escaped(vfs_name);
    return uri;
}

sqlite_api::sqlite3* raw(soci::session& sql) {
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

Prepared::Rest::~Rest() {
    // What it answers is the error of the run, which has been thrown.
    (void)sqlite_api::sqlite3_reset(static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_);
}

int checkpoint(soci::session& sql) {
    // Busy or failed only means that the WAL stays longer; nothing is lost, and the next call tries again.
    int copied = 0;
    const int rc =
        sqlite_api::sqlite3_wal_checkpoint_v2(raw(sql), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, &copied);
    return rc == SQLITE_OK && copied > 0 ? copied : 0;
}

void shrink_wal(const std::string& connection) {
    soci::session sql{soci::sqlite3, connection};
    int version = 0;
    sql << "pragma schema_version", soci::into(version);
    run::shrink_wal(raw(sql));
}

}  // namespace hcp::journal
