#pragma once
#include "plugin/abi/haochaping.h"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/time.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::host {

// What is wrong with what the host handed over, without a word of its content.
struct Fault {
    std::string field;   // "subjects[3].certificate_no"
    std::string reason;  // Chinese: what is wrong and what would be right
};

// Copies the fields of one struct, checking each. The first fault is kept; what comes after it is still read, safely,
// but means nothing.
class Check {
public:
    // Fields are named as in the header, with `inside` before them: "" or "subjects".
    explicit Check(std::string_view inside = {}, std::size_t index = 0) : inside_{inside}, index_{index} {}

    // What is done to a text before it is measured (E36, E37); domain/outside_text.hpp has them.
    using Fold = std::string (*)(std::string_view);

    // A text that nothing is left of is absent. Controls are a fault, but for the line breaks of what people write.
    void required(const char* field, hcp_text text, std::size_t most, std::string& out, Fold fold = domain::bare_text);
    void optional(const char* field, hcp_text text, std::size_t most, std::string& out, Fold fold = domain::bare_text);
    // Part of an idempotency key, required: invisible characters are a fault, since two keys must not look alike.
    void key(const char* field, hcp_text text, std::size_t most, std::string& out);
    // 0 means absent. Instants are sane when they lie in the years 2000 to 2199: most mistakes are in the unit.
    void required(const char* field, std::int64_t us, domain::Instant& out);
    void optional(const char* field, std::int64_t us, std::optional<domain::Instant>& out);
    void flag(const char* field, std::int32_t value, bool& out);
    void zero(const char* field, std::int64_t value);
    template <class Enum>
    void code(const char* field, std::int32_t value, std::initializer_list<Enum> known, Enum& out) {
        for (const Enum e : known)
            if (static_cast<std::int32_t>(e) == value) {
                out = e;
                return;
            }
        fail(field, "取值不在约定的代码之内，请对照 haochaping.h");
    }
    void fail(std::string_view field, std::string reason);

    [[nodiscard]] bool failed() const { return fault_.has_value(); }
    void adopt(Check&& part) {
        if (!fault_ && part.fault_) fault_ = std::move(part.fault_);
    }
    [[nodiscard]] std::optional<Fault> take() { return std::move(fault_); }

private:
    void copy(const char* field, hcp_text text, std::size_t most, bool required, Fold fold, std::string& out);

    std::string_view inside_;
    std::size_t index_;
    std::optional<Fault> fault_;
};

}  // namespace hcp::host
