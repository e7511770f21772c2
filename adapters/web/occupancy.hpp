#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace hcp::web {

// Who has one of the places of a listener, and who gives his up for somebody new. It decides; it closes nothing and
// asks no clock. One thread at a time.
//
// One address gets at most a third of what is free, which is a quarter of all when nobody else is there, and less the
// more others are: a few that have all they can get leave room for the next. A newcomer takes the place of whoever has
// waited longest, of his own address if that has its share, else of all; never of one with a request under way, which
// nobody could repeat safely.
class Occupancy {
public:
    using Id = std::uint64_t;
    enum class Doing { handshake, idle, request };
    enum class Refusal { none, full, share };
    struct Arrival {
        Id id = 0;  // when not refused
        Refusal refusal = Refusal::none;
        std::optional<Id> evicted;  // has no place any more
    };

    explicit Occupancy(std::size_t places) : places_{places} {}

    // `group`: with whom he shares; empty for a proxy of ours, which may have all.
    [[nodiscard]] Arrival arrive(const std::string& group, Doing doing);
    void becomes(Id id, Doing doing);
    void leaves(Id id);
    // Takes the place of whoever has waited longest; nothing when all are busy.
    [[nodiscard]] std::optional<Id> evict();

    [[nodiscard]] std::size_t places() const noexcept { return places_; }
    [[nodiscard]] std::size_t taken() const noexcept { return ones_.size(); }
    [[nodiscard]] std::size_t doing(Doing doing) const noexcept { return doing_[static_cast<std::size_t>(doing)]; }

private:
    using Waiting = std::list<Id>;  // longest first
    struct Group {
        std::size_t size = 0;
        Waiting waiting;
    };
    using Groups = std::map<std::string, Group>;
    struct One {
        Doing doing;
        Groups::iterator group;
        Waiting::iterator of_all, of_group;  // while it waits
    };

    [[nodiscard]] bool has_its_share(const std::string& group) const;
    std::optional<Id> evict_from(const Waiting& waiting);
    void waits(Id id, One& one);
    void waits_no_more(One& one);

    const std::size_t places_;
    Id last_ = 0;
    std::unordered_map<Id, One> ones_;
    Groups groups_;
    Waiting waiting_;
    std::size_t doing_[3] = {};
};

}  // namespace hcp::web
