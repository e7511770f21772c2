#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <optional>

// A service's message (M1) that left and whose end nobody knows. The province numbers services by arrival and takes a
// repetition for another service, may store long after we have hung up, and lists later than it stores (province.md
// 7.16). So it is asked (M4), again and again, and the message is repeated only where nothing is left to wait for.
namespace hcp::domain {

struct SettleTerms {
    // Between the latest instant it can have left and the first answer that counts against it, and between that one and
    // the second.
    std::chrono::seconds settle_after{300};
    // After a 429 or 503 one answer is enough, so long after it. Nothing: what is answered so was never stored.
    std::optional<std::chrono::seconds> denied_after{60};
};

struct UnknownOutcome {
    std::optional<Instant> left_by;    // the latest instant it can have left; nothing: it was refused, or never left
    bool denied = false;               // the far end answered 429 or 503
    std::optional<Instant> absent_at;  // when the first answer without it that counts was asked for
    friend bool operator==(const UnknownOutcome&, const UnknownOutcome&) = default;
};

// What a list of the subject's services says of one.
enum class Listing {
    unanswered,  // no list, or one that cannot be read
    absent,
    present,
    doubled,  // more of its name than were sent
    unclear,  // it cannot be told from others
};

enum class Resolution {
    arrived,
    asks_again,
    may_repeat,  // or may be sent at last, where nothing had left
    doubled,     // a person must say which is which
    unclear,     // a person must look
};

struct Resolved {
    Resolution what = Resolution::asks_again;
    UnknownOutcome known;
    Instant ask_from{};  // asks_again: an answer to an earlier question decides nothing, unless it has it
};

//   listed     what is known                          asked at                        what to do
//   present    anything                               any time                        arrived
//   doubled    anything                               any time                        doubled
//   unclear    anything                               any time                        unclear
//   unanswered anything                               -                               asks_again, nothing learnt
//   absent     nothing left                           any time                        may_repeat
//   absent     denied                                 >= left_by + denied_after       may_repeat
//   absent     denied                                 before                          asks_again from then on
//   absent     no absence counted                     >= left_by + settle_after       asks_again, absence counted
//   absent     no absence counted                     before                          asks_again from then on
//   absent     absence counted                        >= absence + settle_after       may_repeat
//   absent     absence counted                        before                          asks_again from then on
// `asked_at` is when the question left, not when its answer came.
[[nodiscard]] inline Resolved resolve(UnknownOutcome known, Listing listed, Instant asked_at,
                                      const SettleTerms& terms) noexcept {
    switch (listed) {
        case Listing::present:
            return {Resolution::arrived, known, asked_at};
        case Listing::doubled:
            return {Resolution::doubled, known, asked_at};
        case Listing::unclear:
            return {Resolution::unclear, known, asked_at};
        case Listing::unanswered:
        case Listing::absent:
            break;
    }
    if (!known.left_by)
        return {listed == Listing::absent ? Resolution::may_repeat : Resolution::asks_again, known, asked_at};
    const auto counts_from = known.denied      ? *known.left_by + terms.denied_after.value_or(terms.settle_after)
                             : known.absent_at ? *known.absent_at + terms.settle_after
                                               : *known.left_by + terms.settle_after;
    if (listed == Listing::unanswered || asked_at < counts_from) return {Resolution::asks_again, known, counts_from};
    if (known.denied || known.absent_at) return {Resolution::may_repeat, known, asked_at};
    known.absent_at = asked_at;
    return {Resolution::asks_again, known, asked_at + terms.settle_after};
}

}  // namespace hcp::domain
