#include "adapters/store/dialect.hpp"

#include <algorithm>

namespace hcp::store {

std::string_view own_text(std::span<const Own> all, std::string_view statement) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Own& own) { return own.statement == statement; });
    return found == all.end() ? std::string_view{} : found->text;
}

std::string with_new(std::string_view assignments, std::string_view before, std::string_view behind) {
    constexpr std::string_view theirs = "new.";
    std::string out;
    for (auto at = assignments.find(theirs); at != std::string_view::npos; at = assignments.find(theirs)) {
        out.append(assignments.substr(0, at)).append(before);
        assignments.remove_prefix(at + theirs.size());
        const auto end = std::min(assignments.find_first_not_of(word_letters), assignments.size());
        out.append(assignments.substr(0, end)).append(behind);
        assignments.remove_prefix(end);
    }
    return out.append(assignments);
}

const Dialect& dialect_of(ports::Backend backend) {
    switch (backend) {
        case ports::Backend::sqlite3:
            return sqlite_dialect();
        case ports::Backend::mysql:
            return mysql_dialect();
        case ports::Backend::oracle:
            return oracle_dialect();
    }
    return sqlite_dialect();
}

}  // namespace hcp::store
