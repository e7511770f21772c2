#pragma once
#include "plugin/app/books.hpp"
#include "plugin/ports/store/store.hpp"

#include <string>
#include <vector>

namespace hcp::app {

// One version of something that decides, as its file gives it.
struct ReferenceFile {
    ports::ReferenceKind kind = ports::ReferenceKind::policy;
    std::string version;
    std::string content;  // canonical: the same meaning gives the same text
};

struct ReferenceConflict {
    ports::ReferenceKind kind = ports::ReferenceKind::policy;
    std::string version;
    bool missing = false;  // a policy that cases were judged by and that the file no longer has (E30)
};

// Imports what the store does not have yet, with a ledger entry each. A version that the store has with another content
// is a conflict: this instance must not settle by it (it raises an alarm and goes on accepting). Database threads.
ports::result<std::vector<ReferenceConflict>> load_references(Books& books, const ports::Digests& digests,
                                                              std::span<const ReferenceFile> files);

[[nodiscard]] std::string_view text_of(ports::ReferenceKind kind) noexcept;

}  // namespace hcp::app
