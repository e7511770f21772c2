#pragma once
#include "plugin/domain/file_form.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// A list that left the desk as a file. Never deleted. Unique: id, mark.
struct ExportRow {
    ExportId id;
    std::string mark;  // at most 32 characters; stands in each row of the file
    std::string staff_id, list_code;
    FileForm form = FileForm::csv;
    std::string conditions;  // at most 500 characters
    std::int64_t rows = 0;
    Digest file_digest{};  // SM3
    Instant made_at;
};

class ExportQueries {
public:
    virtual ~ExportQueries() = default;
    virtual result<std::vector<ExportRow>> after(ExportId, std::size_t limit) = 0;  // by id
    // The latest first, those before that one.
    virtual result<std::vector<ExportRow>> before(ExportId, std::size_t limit) = 0;
};

class Exports : public ExportQueries {
public:
    virtual result<void> insert(std::span<const ExportRow>) = 0;
};

}  // namespace hcp::ports
