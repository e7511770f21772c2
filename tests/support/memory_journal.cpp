#include "tests/support/memory_journal.hpp"

#include "plugin/domain/event_codec.hpp"

#include <algorithm>
#include <vector>

namespace hcp::test {
namespace {

using domain::Event;
using domain::Instant;
using ports::Bytes;
using ports::journal_errc;
using ports::Position;
using ports::result;

// As much as a reader holds at once, like the file's.
constexpr std::size_t most_read_bytes = std::size_t{1} << 20;

// What a seal is bound to.
Bytes place_of(std::string_view what, Position at, Instant when, std::string_view rest = {}) {
    Bytes place;
    domain::put_field(place, domain::as_bytes(what));
    domain::put_integer(place, static_cast<std::uint64_t>(at.frame), 8);
    domain::put_integer(place, static_cast<std::uint64_t>(at.index), 8);
    domain::put_integer(place, static_cast<std::uint64_t>(domain::to_us(when)), 8);
    domain::put_field(place, domain::as_bytes(rest));
    return place;
}

}  // namespace

std::string MemoryJournalFile::bytes() const {
    const run::Lock lock{mutex_};
    std::string all;
    for (const auto& [at, record] : records_) all += domain::as_text(record.sealed);
    for (const auto& [id, aside] : aside_) {
        all += aside.reason;
        all += domain::as_text(aside.sealed);
    }
    return all;
}

result<Bytes> MemoryJournal::seal(const Event& event, const Bytes& place) const {
    auto sealed = sealer_.seal(domain::encode_events({&event, 1}), place);
    if (!sealed) return journal_errc::unavailable;
    return sealed;
}

result<Event> MemoryJournal::open(const Bytes& sealed, const Bytes& place) const {
    const auto plain = sealer_.open(sealed, place);
    if (!plain) return journal_errc::corrupt;
    auto events = domain::decode_events(*plain);
    if (!events || events->size() != 1) return journal_errc::corrupt;
    return std::move(events->front());
}

result<void> MemoryJournal::add(std::span<const Event> events, Instant now) {
    std::map<Position, MemoryJournalFile::Record> frame;
    Position at{file_.extent_.end.frame + 1, 0};
    for (const auto& event : events) {
        HCP_TRY(auto sealed, seal(event, place_of("event", at, now)));
        frame.emplace(at, MemoryJournalFile::Record{now, std::move(sealed)});
        ++at.index;
    }
    if (frame.empty()) return {};
    file_.extent_.end = frame.rbegin()->first;
    file_.records_.merge(frame);
    return {};
}

result<void> MemoryJournal::append(std::span<const Event> events, Instant now) {
    const run::Lock lock{file_.mutex_};
    return add(events, now);
}

result<Position> MemoryJournal::append_at(Position end, std::span<const Event> events, Instant now) {
    const run::Lock lock{file_.mutex_};
    if (file_.extent_.end != end) return journal_errc::moved;
    HCP_CHECK(add(events, now));
    return file_.extent_.end;
}

ports::Extent MemoryJournal::extent() {
    const run::Lock lock{file_.mutex_};
    return file_.extent_;
}

result<std::vector<ports::Journaled>> MemoryJournal::read(std::size_t limit) {
    const run::Lock lock{file_.mutex_};
    std::vector<ports::Journaled> all;
    std::size_t bytes = 0;
    for (const auto& [at, record] : file_.records_) {
        if (all.size() == limit || bytes >= most_read_bytes) break;
        auto event = open(record.sealed, place_of("event", at, record.accepted_at));
        if (!event && all.empty()) return event.error();
        if (!event) break;  // what lies before it is good
        bytes += record.sealed.size();
        all.push_back({at, record.accepted_at, *std::move(event)});
    }
    return all;
}

result<void> MemoryJournal::forget_through(Position last) {
    const run::Lock lock{file_.mutex_};
    if (last <= file_.extent_.forgotten) return {};
    file_.records_.erase(file_.records_.begin(), file_.records_.upper_bound(last));
    file_.extent_.forgotten = last;
    return {};
}

result<void> MemoryJournal::set_aside(std::span<const ports::Journaled> events, std::string_view reason, Instant now) {
    const run::Lock lock{file_.mutex_};
    std::vector<MemoryJournalFile::Aside> added;
    for (const auto& one : events) {
        const bool there = std::any_of(file_.aside_.begin(), file_.aside_.end(),
                                       [&](const auto& aside) { return aside.second.from == one.at; });
        if (there) continue;
        HCP_TRY(auto sealed, seal(one.event, place_of("aside", one.at, now, reason)));
        added.push_back({one.at, now, std::string{reason}, std::move(sealed), std::nullopt});
    }
    for (auto& aside : added) file_.aside_.emplace(++file_.last_aside_, std::move(aside));
    return {};
}

result<std::vector<ports::SetAside>> MemoryJournal::list(std::size_t limit) {
    const run::Lock lock{file_.mutex_};
    std::vector<ports::SetAside> all;
    for (const auto& [id, aside] : file_.aside_) {
        if (all.size() == limit) break;
        auto event = open(aside);
        all.push_back({id, aside.set_aside_at, aside.reason, event ? std::optional{*std::move(event)} : std::nullopt,
                       aside.accepted_at ? std::optional{aside.from.frame} : std::nullopt});
    }
    return all;
}

result<Event> MemoryJournal::open(const MemoryJournalFile::Aside& aside) const {
    return open(aside.sealed, aside.accepted_at ? place_of("event", aside.from, *aside.accepted_at)
                                                : place_of("aside", aside.from, aside.set_aside_at, aside.reason));
}

result<void> MemoryJournal::set_damaged_aside(std::string_view reason, Instant now) {
    const run::Lock lock{file_.mutex_};
    if (file_.records_.empty()) return {};
    const auto oldest = file_.records_.begin();
    const auto& [at, record] = *oldest;
    if (open(record.sealed, place_of("event", at, record.accepted_at))) return {};
    file_.aside_.emplace(++file_.last_aside_,
                         MemoryJournalFile::Aside{at, now, std::string{reason}, record.sealed, record.accepted_at});
    file_.extent_.forgotten = at;
    file_.records_.erase(oldest);
    return {};
}

result<ports::SealedRecord> MemoryJournal::sealed(std::int64_t id) {
    const run::Lock lock{file_.mutex_};
    const auto found = file_.aside_.find(id);
    if (found == file_.aside_.end()) return journal_errc::missing;
    const auto& aside = found->second;
    return ports::SealedRecord{"memory", aside.sealed, aside.accepted_at,
                               aside.accepted_at ? std::optional<std::int64_t>{1} : std::nullopt};
}

result<void> MemoryJournal::drop(std::int64_t id) {
    const run::Lock lock{file_.mutex_};
    if (file_.aside_.erase(id) == 0) return journal_errc::missing;
    return {};
}

result<void> MemoryJournal::retry(std::int64_t id, Instant now) {
    const run::Lock lock{file_.mutex_};
    const auto found = file_.aside_.find(id);
    if (found == file_.aside_.end()) return journal_errc::missing;
    const auto& aside = found->second;
    HCP_TRY(const Event event, open(aside));
    HCP_CHECK(add({&event, 1}, now));
    file_.aside_.erase(found);
    return {};
}

result<ports::JournalStats> MemoryJournal::stats() {
    const run::Lock lock{file_.mutex_};
    ports::JournalStats stats;
    stats.events = std::ssize(file_.records_);
    stats.set_aside = std::ssize(file_.aside_);
    for (const auto& [at, record] : file_.records_) stats.bytes += std::ssize(record.sealed);
    for (const auto& [id, aside] : file_.aside_) stats.bytes += std::ssize(aside.sealed);
    if (!file_.records_.empty()) stats.oldest_accepted_at = file_.records_.begin()->second.accepted_at;
    return stats;
}

}  // namespace hcp::test
