#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/vocabulary.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// Immutable. Unique: (evaluation, revision): a timely rating that replaces a default is revision 2 (E3).
struct RatingRow {
    RatingId id;
    EvaluationId evaluation_id;
    std::int32_t revision = 1;
    Origin origin = Origin::authored;
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;     // empty = none
    Digest text_digest{};  // as in the ledger: keyed and salted; zero = none
    Channel channel = Channel::portal;
    bool incomplete = false;   // 待补充内容: a bad level without its content (E9)
    bool unsubmitted = false;  // 未提交: begun, and taken as it was at the deadline (E9, E55)
    bool real_name = true;     // E35
    Digest request_digest{};
    Instant received_at, stored_at;
    std::int32_t ledger_lane = 0;
    std::int64_t ledger_seq = 0;
};

// What the author of a rating agreed to beyond it (E7); who agreed to nothing has none. Immutable. Unique: rating.
struct RatingConsentRow {
    RatingId rating_id;
    bool shown_to_rated = false;    // who is rated may see who rated
    bool may_be_contacted = false;  // about a bad review
    Bytes sealed_phone;             // under the subject's key; empty = at the number that came with the completion
    Digest phone_digest{};          // as in the ledger: keyed and salted; zero = none
};

class RatingQueries {
public:
    virtual ~RatingQueries() = default;
    virtual result<std::vector<RatingRow>> after(RatingId, std::size_t limit) = 0;  // by id
    // By which somebody has rated in [from, to), without what is under bid secrecy (E14).
    virtual result<std::vector<Channel>> channels(Instant from, Instant to) = 0;
    virtual result<std::vector<RatingConsentRow>> consents_of(std::span<const RatingId>) = 0;       // by rating
    virtual result<std::vector<RatingConsentRow>> consents_after(RatingId, std::size_t limit) = 0;  // by rating
};

class Ratings : public RatingQueries {
public:
    virtual result<void> insert(std::span<const RatingRow>) = 0;
    virtual result<void> insert(std::span<const RatingConsentRow>) = 0;
};

}  // namespace hcp::ports
