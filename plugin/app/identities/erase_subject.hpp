#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/erasures.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/keys.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace hcp::app {

// E29: destroys a subject's data key. What was sealed under it, here and in every copy of the row that is made from now
// on, can be read by nobody; levels, tags, times and figures stay, the ledger verifies and says that it was done, and
// whoever trades again under the same certificate is somebody new. Database threads.
class EraseSubject {
public:
    struct Means {
        ports::Store& store;
        record::Books& books;
        const record::Keys& keys;
        ports::Erasures& erasures;
        const ports::Clock& clock;
    };
    explicit EraseSubject(const Means& means) : means_{means} {}

    struct Found {
        ports::SubjectRow subject;
        ports::SubjectMatters matters;
    };
    // The number folded as at the entrance (E36). Nothing: no such subject, or it was erased.
    [[nodiscard]] ports::result<std::optional<Found>> look(domain::SubjectType, std::string_view certificate_no);

    // The last two: deferred (E46), nothing changed.
    enum class Outcome : std::int32_t { erased, unknown, ticket_open, leak_open };
    // Written to the list outside the database first: what ends between the two is done at the next start.
    [[nodiscard]] ports::result<Outcome> erase(domain::SubjectType, std::string_view certificate_no);

    struct Again {
        std::int64_t erased = 0;
        std::int64_t unreadable_lines = 0;  // of the list: who is meant there is not erased
    };
    // Erases again whoever the list names and an older backup has brought back. What is open of them defers nothing:
    // they were erased.
    [[nodiscard]] ports::result<Again> erase_again();

private:
    [[nodiscard]] ports::result<std::int64_t> erase(const ports::Erasure& erasure);
    [[nodiscard]] ports::result<void> empty_visits(const domain::Digest& lookup);

    const Means means_;
};

}  // namespace hcp::app
