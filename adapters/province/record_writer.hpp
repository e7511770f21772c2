#pragma once
#include "adapters/province/messages.hpp"
#include "plugin/domain/time.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace hcp::province {

// Collects one record under the wire's names. A name list that is empty means that the province does not take the
// field: nothing is written and nothing is missed.
class RecordWriter {
public:
    using Names = ports::WireNames;

    // An optional value: left out when empty.
    void put(const Names& names, std::string_view value);
    void put(const Names& names, std::int64_t value);

    // A code: its absence, control characters or more than `limit` characters are a fault.
    void need(const Names& names, std::string_view label, std::string_view value, std::size_t limit);

    // A code that the message does without: an odd one, or one of more than `limit` characters, is left out and noted.
    // False: it was left out, or there is none.
    bool may(const Names& names, std::string_view label, std::string_view value, std::size_t limit);

    // Words for people: control characters become blanks, and what is longer than `limit` is cut and noted. Gives back
    // what was written.
    std::string words(const Names& names, std::string_view label, std::string_view value, std::size_t limit);
    std::string need_words(const Names& names, std::string_view label, std::string_view value, std::size_t limit);

    // The time, or `latest` if that is earlier, which is told in `moved`. Gives back what was written.
    std::string time(const Names& names, std::string_view label, domain::Instant t, domain::Instant latest);

    void fault(std::string text) { out_.faults.push_back(std::move(text)); }
    void note(std::string text) { out_.notes.push_back(std::move(text)); }
    void moved(std::string text) { out_.moved.push_back(std::move(text)); }
    [[nodiscard]] bool has_faults() const noexcept { return !out_.faults.empty(); }

    [[nodiscard]] ports::WireRecord finish() &&;

private:
    boost::json::object fields_;
    ports::WireRecord out_;
};

// “证件号码(certKey)”: the label, and the wire's name for whoever reads the province's document.
[[nodiscard]] std::string named(std::string_view label, const ports::WireNames& names);

}  // namespace hcp::province
