#include "tests/contract/anchors/anchors_contract.hpp"

#include <atomic>
#include <limits>
#include <string>
#include <thread>

namespace hcp::contract {
namespace {

using ports::Anchor;
using ports::Anchors;
using Lines = std::vector<std::int64_t>;

Anchor anchor(std::int64_t seq, std::int32_t lane = 1) {
    Anchor one;
    one.head = {lane, seq, {}};
    one.head.hash.fill(static_cast<std::uint8_t>(seq));
    one.at = domain::instant_from_us(1'600'000'000'000'000 + seq);
    one.signature = {0x30, 0x44, 0xab, static_cast<std::uint8_t>(seq)};
    return one;
}

Lines sequences(const Anchors::Content& content) {
    Lines all;
    for (const auto& one : content.anchors) all.push_back(one.head.seq);
    return all;
}
Lines sequences(Anchors& anchors) {
    const auto content = must(anchors.read());
    CHECK(content.unreadable_lines.empty());
    return sequences(content);
}

void none_at_first(AnchorsMedium& medium) {
    const auto anchors = medium.open();
    CHECK(sequences(*anchors).empty());
    must(anchors->append({}));
    CHECK(sequences(*anchors).empty());
}

void each_comes_back_whole(AnchorsMedium& medium) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto largest = anchor(1, std::numeric_limits<std::int32_t>::max());
    largest.head.seq = most;
    largest.at = domain::instant_from_us(most);
    largest.signature.assign(72, 0xff);
    auto smallest = anchor(0, 0);  // as a secret lane's
    smallest.at = domain::instant_from_us(0);
    smallest.signature = {0};
    const std::vector written{anchor(7, 1025), largest, smallest};
    must(medium.open()->append(written));
    const auto read = must(medium.open()->read()).anchors;
    REQUIRE(read.size() == written.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        CHECK(read[i].head.lane == written[i].head.lane);
        CHECK(read[i].head.seq == written[i].head.seq);
        CHECK(read[i].head.hash == written[i].head.hash);
        CHECK(read[i].at == written[i].at);
        CHECK(read[i].signature == written[i].signature);
    }
}

void in_order_of_writing(AnchorsMedium& medium) {
    const auto anchors = medium.open();
    must(anchors->append({anchor(9), anchor(5, 2)}));
    must(anchors->append({anchor(3)}));
    must(medium.open()->append({anchor(3)}));
    CHECK(sequences(*anchors) == Lines{9, 5, 3, 3});
    CHECK(sequences(*medium.open()) == Lines{9, 5, 3, 3});
}

void what_would_not_read_back(AnchorsMedium& medium) {
    const auto anchors = medium.open();
    must(anchors->append({anchor(1)}));
    auto without_signature = anchor(3), before_time = anchor(3);
    without_signature.signature.clear();
    before_time.at = domain::instant_from_us(-1);
    for (const auto& bad : {without_signature, before_time, anchor(-1), anchor(3, -1)}) {
        CHECK_FALSE(anchors->append({anchor(2), bad}).has_value());
        CHECK(sequences(*anchors) == Lines{1});
    }
    must(anchors->append({anchor(2)}));
    CHECK(sequences(*anchors) == Lines{1, 2});
}

void a_torn_end(AnchorsMedium& medium) {
    must(medium.open()->append({anchor(1)}));
    medium.break_off(anchor(2));
    const auto anchors = medium.open();
    CHECK(sequences(*anchors) == Lines{1});
    must(anchors->append({anchor(3)}));
    CHECK(sequences(*anchors) == Lines{1, 3});
}

void a_torn_beginning(AnchorsMedium& medium) {
    medium.break_off(anchor(1));
    const auto anchors = medium.open();
    CHECK(sequences(*anchors).empty());
    must(anchors->append({anchor(2)}));
    CHECK(sequences(*anchors) == Lines{2});
}

void what_cannot_be_read(AnchorsMedium& medium) {
    const auto anchors = medium.open();
    must(anchors->append({anchor(1), anchor(2), anchor(3)}));
    must(anchors->append({anchor(4)}));
    medium.spoil(2);
    medium.spoil(4);
    must(anchors->append({anchor(5)}));
    const auto content = must(anchors->read());
    CHECK(sequences(content) == Lines{1, 3, 5});
    CHECK(content.unreadable_lines == Lines{2, 4});
}

void calls_from_several_threads(AnchorsMedium& medium) {
    const auto anchors = medium.open();
    constexpr std::int32_t writers = 4;
    constexpr std::int64_t calls = 25;
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    threads.reserve(writers);
    for (std::int32_t lane = 0; lane < writers; ++lane)
        threads.emplace_back([&, lane] {
            for (std::int64_t i = 0; i < calls; ++i) {
                if (!anchors->append({anchor(2 * i, lane), anchor(2 * i + 1, lane)})) ++failed;
                const auto content = anchors->read();
                if (!content || !content->unreadable_lines.empty()) ++failed;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(failed == 0);
    const auto all = must(anchors->read()).anchors;
    REQUIRE(all.size() == 2 * calls * writers);
    Lines next(writers, 0);
    for (std::size_t i = 0; i < all.size(); i += 2) {
        CHECK(all[i + 1].head.lane == all[i].head.lane);
        auto& expected = next.at(static_cast<std::size_t>(all[i].head.lane));
        CHECK(all[i].head.seq == expected);
        CHECK(all[i + 1].head.seq == expected + 1);
        expected += 2;
    }
}

}  // namespace

std::vector<AnchorsClause> anchors_clauses() {
    return {
        {"there are none at first, and appending none adds none", none_at_first},
        {"each comes back whole, the largest and the smallest", each_comes_back_whole},
        {"they come back in the order of writing, whoever opened what they lie on", in_order_of_writing},
        {"one that would not read back is not written, nor what was to be written with it", what_would_not_read_back},
        {"what a power cut left of an append is passed over, and cut off by the next", a_torn_end},
        {"also when it was the first", a_torn_beginning},
        {"a line that cannot be read is reported by its number and hides no other", what_cannot_be_read},
        {"each append stays together, whatever other threads append and read", calls_from_several_threads},
    };
}

}  // namespace hcp::contract
