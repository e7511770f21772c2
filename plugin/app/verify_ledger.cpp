#include "plugin/app/verify_ledger.hpp"

#include "plugin/domain/ledger_entry.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace hcp::app {

using namespace domain;
using ports::LedgerRow;
using ports::Bytes;
using ports::Digest;
using ports::View;

namespace {

// What the fixed part and the fields of a canonical entry say (format: LedgerEntry).
struct Parsed {
    std::int32_t kind = 0, lane = 0;
    std::int64_t seq = 0, at_us = 0;
    std::vector<View> fields;
};

std::uint64_t big_endian(View bytes) {
    std::uint64_t value = 0;
    for (const auto byte : bytes) value = value << 8 | byte;
    return value;
}

std::optional<Parsed> parse(View bytes) {
    constexpr std::size_t fixed = 1 + 1 + 4 + 8 + 8;
    if (bytes.size() < fixed || bytes[0] != 1) return std::nullopt;
    Parsed parsed;
    parsed.kind = bytes[1];
    parsed.lane = static_cast<std::int32_t>(big_endian(bytes.subspan(2, 4)));
    parsed.seq = static_cast<std::int64_t>(big_endian(bytes.subspan(6, 8)));
    parsed.at_us = static_cast<std::int64_t>(big_endian(bytes.subspan(14, 8)));
    for (auto rest = bytes.subspan(fixed); !rest.empty();) {
        if (rest.size() < 4) return std::nullopt;
        const auto size = static_cast<std::size_t>(big_endian(rest.first(4)));
        if (rest.size() - 4 < size) return std::nullopt;
        parsed.fields.push_back(rest.subspan(4, size));
        rest = rest.subspan(4 + size);
    }
    return parsed;
}

// The fields of a rating in the ledger, and the same of a row: equal bytes, or somebody changed one of them.
Bytes rating_fields(const ports::RatingRow& row) {
    std::string tags;
    for (const auto& tag : row.tags) tags += (tags.empty() ? "" : ",") + tag;
    LedgerEntry entry{LedgerKind::rated, 0, 0, Instant{}};
    entry.number(row.id.value()).number(row.evaluation_id.value()).number(row.revision).number(static_cast<std::int32_t>(row.origin));
    entry.number(static_cast<std::int32_t>(row.level)).text(tags).digest(row.text_digest).instant(row.received_at);
    return {entry.bytes().begin() + 22, entry.bytes().end()};
}

class Verification {
public:
    Verification(const ports::Digests& digests, const ports::Signer& signer, const std::function<void(std::int64_t)>& progress)
        : digests_{digests}, signer_{signer}, progress_{progress} {}

    void take_anchors(const ports::Anchors::Content& content) {
        for (const auto line : content.unreadable_lines) find(LedgerFault::bad_anchor, 0, line, "锚点文件第 " + std::to_string(line) + " 行无法识别");
        for (const auto& anchor : content.anchors) {
            ++report_.anchors;
            if (!signer_.verify(ports::as_bytes(anchor.signed_text()), View{anchor.signature})) {
                find(LedgerFault::bad_anchor, anchor.head.lane, anchor.head.seq,
                     "通道 " + std::to_string(anchor.head.lane) + " 序号 " + std::to_string(anchor.head.seq) + " 的锚点签名无效");
                continue;
            }
            anchored_[anchor.head.lane][anchor.head.seq] = anchor.head.hash;
        }
    }

    ports::result<void> read(ports::Reading& rows) {
        HCP_TRY(const auto heads, rows.ledger_heads());
        std::set<std::int32_t> lanes;
        for (const auto& head : heads) lanes.insert(head.lane);
        for (const auto& [lane, anchors] : anchored_) lanes.insert(lane);
        for (const auto lane : lanes) HCP_CHECK(read_lane(rows, lane));
        return read_ratings(rows);
    }

    LedgerReport take_report() { return std::move(report_); }

private:
    ports::result<void> read_lane(ports::Reading& rows, std::int32_t lane) {
        Digest previous{};
        std::int64_t last = 0;
        for (;;) {
            HCP_TRY(const auto page, rows.ledger(lane, last, 1000));
            if (page.empty()) break;
            for (const auto& row : page) {
                check(row, previous, last);
                previous = row.hash;
                last = row.seq;
                ++report_.entries;
            }
            if (progress_) progress_(report_.entries);
        }
        const auto& anchors = anchored_[lane];
        const auto last_anchor = anchors.empty() ? 0 : anchors.rbegin()->first;
        if (last_anchor > last)
            find(LedgerFault::cut_or_restored, lane, last + 1,
                 "通道 " + std::to_string(lane) + " 的锚点已到序号 " + std::to_string(last_anchor) + "，数据库只到 " + std::to_string(last) +
                     "：末尾被截断，或恢复了旧的数据库");
        report_.not_anchored += std::max<std::int64_t>(0, last - last_anchor);
        return {};
    }

    void check(const LedgerRow& row, const Digest& previous, std::int64_t last) {
        const auto where = "通道 " + std::to_string(row.lane) + " 序号 " + std::to_string(row.seq);
        if (row.seq != last + 1)
            find(LedgerFault::removed, row.lane, last + 1, "通道 " + std::to_string(row.lane) + " 缺少序号 " + std::to_string(last + 1) +
                                                               (row.seq > last + 2 ? " 至 " + std::to_string(row.seq - 1) : std::string{}) + " 的记录");
        const auto parsed = parse(View{row.canonical});
        const bool at_home = parsed && parsed->lane == row.lane && parsed->seq == row.seq;
        if (parsed && !at_home) {
            find(LedgerFault::reordered, row.lane, row.seq,
                 where + " 的内容原属通道 " + std::to_string(parsed->lane) + " 序号 " + std::to_string(parsed->seq) + "：顺序被调换或有记录被插入");
        } else if (!parsed || parsed->kind != row.kind || parsed->at_us != to_us(row.at)) {
            find(LedgerFault::changed, row.lane, row.seq, where + " 的内容被改动");
        } else if (row.seq == last + 1 && digests_.sm3({View{previous}, View{row.canonical}}) != row.hash) {
            find(LedgerFault::changed, row.lane, row.seq, where + " 与前一条的摘要不衔接：该条或前一条被改动，或此处有记录被插入");
        }
        if (const auto lane = anchored_.find(row.lane); lane != anchored_.end())
            if (const auto anchor = lane->second.find(row.seq); anchor != lane->second.end() && anchor->second != row.hash)
                find(LedgerFault::rewritten, row.lane, row.seq, where + " 的摘要与当时签名的锚点不同：此前的记录被改写");
        if (parsed && (row.kind == static_cast<std::int32_t>(LedgerKind::rated) || row.kind == static_cast<std::int32_t>(LedgerKind::defaulted)))
            note_rating(row, *parsed);
    }

    void note_rating(const LedgerRow& row, const Parsed& parsed) {
        if (parsed.fields.empty() || parsed.fields[0].size() != 8) return;
        const auto id = static_cast<std::int64_t>(big_endian(parsed.fields[0]));
        Bytes fields(row.canonical.begin() + 22, row.canonical.end());
        ratings_.emplace(id, std::pair{row.lane, std::move(fields)});
    }

    ports::result<void> read_ratings(ports::Reading& rows) {
        RatingId after{};
        for (;;) {
            HCP_TRY(const auto page, rows.ratings_after(after, 1000));
            if (page.empty()) break;
            for (const auto& row : page) {
                after = row.id;
                ++report_.ratings;
                const auto known = ratings_.find(row.id.value());
                if (known == ratings_.end()) {
                    find(LedgerFault::rating_inserted, row.ledger_lane, row.id.value(), "评价 " + std::to_string(row.id.value()) + " 在留痕链中没有记录");
                    continue;
                }
                if (known->second.second != rating_fields(row))
                    find(LedgerFault::rating_changed, known->second.first, row.id.value(), "评价 " + std::to_string(row.id.value()) + " 与留痕链记载不符");
                ratings_.erase(known);
            }
        }
        for (const auto& [id, entry] : ratings_)
            find(LedgerFault::rating_removed, entry.first, id, "留痕链记载的评价 " + std::to_string(id) + " 已不在数据库中");
        return {};
    }

    void find(LedgerFault fault, std::int32_t lane, std::int64_t seq, std::string text) {
        report_.findings.push_back({fault, lane, seq, std::move(text)});
    }

    const ports::Digests& digests_;
    const ports::Signer& signer_;
    const std::function<void(std::int64_t)>& progress_;
    std::map<std::int32_t, std::map<std::int64_t, Digest>> anchored_;
    std::map<std::int64_t, std::pair<std::int32_t, Bytes>> ratings_;  // id -> lane, fields; those not yet met
    LedgerReport report_;
};

}  // namespace

ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors, const ports::Digests& digests, const ports::Signer& signer,
                                          const std::function<void(std::int64_t)>& progress) {
    HCP_TRY(const auto content, anchors.read());
    Verification verification{digests, signer, progress};
    verification.take_anchors(content);
    HCP_CHECK(store.read([&](ports::Reading& rows) { return verification.read(rows); }));
    return verification.take_report();
}

}  // namespace hcp::app
