#include "adapters/journal/seals.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/domain/event_codec.hpp"

#include <string_view>
#include <utility>

namespace hcp::journal {

using domain::Event;
using ports::result;

namespace {

// Associated data of a seal: a label, the file, then what must not be changed beside the record.
Bytes bound_to(std::string_view label, std::string_view journal_id, std::int64_t at_us, std::string_view rest) {
    Bytes bytes;
    bytes.reserve(label.size() + journal_id.size() + 8 + rest.size());
    bytes.insert(bytes.end(), label.begin(), label.end());
    bytes.insert(bytes.end(), journal_id.begin(), journal_id.end());
    domain::put_integer(bytes, static_cast<std::uint64_t>(at_us), 8);
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

}  // namespace

Bytes Seals::frame_context(std::int64_t at_us, std::int64_t events) const {
    return bound_to("hcp frame", journal_id_, at_us, std::to_string(events));
}

Bytes Seals::aside_context(std::int64_t at_us, const std::string& reason) const {
    return bound_to("hcp set-aside", journal_id_, at_us, reason);
}

result<Bytes> Seals::frame(std::span<const Event> events, std::int64_t accepted_at_us) const {
    return sealer_.seal(domain::encode_events(events), frame_context(accepted_at_us, std::ssize(events)));
}

result<std::vector<Event>> Seals::open(const Frame& frame) const {
    return open(frame.sealed, frame_context(frame.accepted_at_us, frame.events));
}

result<Bytes> Seals::aside(const Event& event, std::int64_t at_us, const std::string& reason) const {
    return sealer_.seal(domain::encode_events({&event, 1}), aside_context(at_us, reason));
}

result<std::vector<Event>> Seals::open(const SetAsideRow& row) const {
    HCP_TRY(auto events, open(row.sealed, context(row)));
    if (!row.frame && events.size() != 1) return ports::crypto_errc::malformed;
    return events;
}

Bytes Seals::context(const SetAsideRow& row) const {
    return row.frame ? frame_context(row.frame->accepted_at_us, row.frame->events)
                     : aside_context(row.set_aside_at_us, row.reason);
}

result<Bytes> Seals::anew(const SetAsideRow& row) const {
    HCP_TRY(const auto plain, sealer_.open(row.sealed, context(row)));
    return sealer_.seal(plain, context(row));
}

result<std::vector<Event>> Seals::open(View sealed, const Bytes& context) const {
    HCP_TRY(const auto plain, sealer_.open(sealed, context));
    auto events = domain::decode_events(plain);
    if (!events) return ports::crypto_errc::malformed;
    return *std::move(events);
}

}  // namespace hcp::journal
