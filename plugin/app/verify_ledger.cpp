#include "plugin/app/verify_ledger.hpp"

#include "plugin/app/ledger_fields.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace hcp::app {

using namespace domain;
using ports::Bytes;
using ports::Digest;
using ports::LedgerRow;
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
    LedgerEntry entry{LedgerKind::rated, 0, 0, Instant{}};
    put_rating(entry, row);
    return {entry.bytes().begin() + 22, entry.bytes().end()};
}

class Verification {
public:
    Verification(const LedgerKeys& keys, const std::function<void(std::int64_t)>& progress)
        : keys_{keys}, progress_{progress} {}

    void take_anchors(const ports::Anchors::Content& content) {
        for (const auto line : content.unreadable_lines)
            find(LedgerFault::bad_anchor, 0, line, "锚点文件第 " + std::to_string(line) + " 行无法识别");
        for (const auto& anchor : content.anchors) {
            ++report_.anchors;
            if (!keys_.anchors.verify(ports::as_bytes(anchor.signed_text()), View{anchor.signature})) {
                find(LedgerFault::bad_anchor, anchor.head.lane, anchor.head.seq,
                     "通道 " + std::to_string(anchor.head.lane) + " 序号 " + std::to_string(anchor.head.seq) +
                         " 的锚点签名无效");
                continue;
            }
            if (is_secret_lane(anchor.head.lane)) {
                secret_anchors_[anchor.head.lane].push_back(anchor);
                continue;
            }
            // The file only grows, and a lane only grows: a head that steps back, or stands at a number a second time,
            // was signed over a lane that had been cut or restored meanwhile.
            auto& lane = anchored_[anchor.head.lane];
            const bool steps_back = !lane.empty() && anchor.head.seq < lane.rbegin()->first;
            const auto [known, added] = lane.emplace(anchor.head.seq, anchor.head.hash);
            if (steps_back || (!added && known->second != anchor.head.hash))
                find(LedgerFault::cut_or_restored, anchor.head.lane, anchor.head.seq,
                     "锚点文件中通道 " + std::to_string(anchor.head.lane) + " 退回到序号 " +
                         std::to_string(anchor.head.seq) + "：此前末尾曾被截断或恢复过旧库，之后又写了新的记录");
        }
    }

    ports::result<void> read(ports::Reading& rows) {
        HCP_TRY(const auto heads, rows.ledger_heads());
        std::set<std::int32_t> lanes;
        for (const auto& head : heads) lanes.insert(head.lane);
        for (const auto& [lane, anchors] : anchored_) lanes.insert(lane);
        for (const auto& [lane, anchors] : secret_anchors_) lanes.insert(lane);
        for (const auto lane : lanes) HCP_CHECK(read_lane(rows, lane));
        return read_ratings(rows);
    }

    LedgerReport take_report() { return std::move(report_); }

private:
    // One row as it was met. A row claims the number in its canonical entry; its place is its number in the table.
    struct Met {
        std::int64_t place = 0, claim = 0;
        Digest before{}, hash{};  // of the row in front, and its own
        std::int64_t rating = 0;  // that this row made known
    };
    // A lane on its way through. Rows that somebody slipped in, or took out with the gap closed, move all that follow:
    // `shift` is by how much, so that such an attack is one finding and not one for each row behind it.
    struct Lane {
        std::int32_t number = 0;
        std::int64_t last = 0;  // place
        Digest previous{};
        std::int64_t shift = 0;
        std::deque<Met> recent;                    // enough to name what was done nearby
        std::optional<std::int64_t> forged_since;  // place; what stands between there and here was not written by us
        bool forged = false;                       // anything so far
        std::span<const ports::Anchor> secret_anchors{};  // of a secret lane, those not yet met
        std::int64_t anchored = 0;                        // the place of the last one met

        [[nodiscard]] std::string where(std::int64_t seq) const {
            return "通道 " + std::to_string(number) + " 序号 " + std::to_string(seq);
        }
    };
    static constexpr std::size_t recent_rows = 1000;

    ports::result<void> read_lane(ports::Reading& rows, std::int32_t number) {
        Lane lane;
        lane.number = number;
        const bool secret = is_secret_lane(number);
        if (secret) lane.secret_anchors = secret_anchors_[number];
        for (;;) {
            HCP_TRY(const auto page, rows.ledger(number, lane.last, 1000));
            if (page.empty()) break;
            for (const auto& row : page) {
                take(lane, row);
                meet_secret_anchors(lane, row);
                if (!secret) ++report_.entries;
            }
            if (progress_) progress_(report_.entries);
        }
        end_forged(lane);
        if (secret) {
            judge_secret_end(lane);
            return {};
        }
        const auto last = lane.last - lane.shift;
        const auto& anchors = anchored_[number];
        const auto last_anchor = anchors.empty() ? 0 : anchors.rbegin()->first;
        if (last_anchor > last)
            find(LedgerFault::cut_or_restored, number, last + 1,
                 "通道 " + std::to_string(number) + " 的锚点已到序号 " + std::to_string(last_anchor) + "，数据库只到 " +
                     std::to_string(last) + "：末尾被截断，或恢复了旧的数据库");
        report_.not_anchored += std::max<std::int64_t>(0, last - last_anchor);
        return {};
    }

    // The anchors of a secret lane name no number: each must be met in the lane, in the order of signing.
    void meet_secret_anchors(Lane& lane, const LedgerRow& row) const {
        while (!lane.secret_anchors.empty() &&
               ports::Anchor::secret_head(keys_.digests, lane.secret_anchors.front().at, row.hash) ==
                   lane.secret_anchors.front().head.hash) {
            lane.secret_anchors = lane.secret_anchors.subspan(1);
            lane.anchored = row.seq;
        }
    }
    // What was cut off or put back leaves entries that are ours, a rewriting leaves others.
    void judge_secret_end(const Lane& lane) {
        if (lane.secret_anchors.empty()) return;
        const bool rewritten = lane.forged && lane.anchored < lane.last;
        const auto first = lane.anchored + 1;
        find(rewritten ? LedgerFault::rewritten : LedgerFault::cut_or_restored, lane.number, first,
             lane.where(first) + " 起与当时签名的锚点不符：" +
                 (keys_.ledger_seal == nullptr ? "此后的记录被改写，或末尾曾被截断，或恢复过旧的数据库"
                  : rewritten                  ? "此后的记录被改写"
                                               : "末尾曾被截断，或恢复过旧的数据库"));
    }

    void take(Lane& lane, const LedgerRow& row) {
        if (row.seq != lane.last + 1) find_removed(lane, lane.last + 1 - lane.shift, row.seq - 1 - lane.shift, "");
        const auto parsed = parse(View{row.canonical});
        Met met{row.seq, parsed ? parsed->seq : 0, lane.previous, row.hash, 0};
        judge(lane, row, parsed, met);
        if (is_ours(row))
            end_forged(lane);
        else if (!lane.forged_since)
            lane.forged_since = row.seq;
        if (parsed) met.rating = note_rating(row, *parsed);
        if (parsed) note_evaluation(*parsed);
        lane.recent.push_back(met);
        if (lane.recent.size() > recent_rows) lane.recent.pop_front();
        lane.previous = row.hash;
        lane.last = row.seq;
    }

    void judge(Lane& lane, const LedgerRow& row, const std::optional<Parsed>& parsed, const Met& met) {
        const auto where = lane.where(row.seq);
        if (parsed && parsed->lane == row.lane) {
            if (was_slipped_in_before(lane, row, met)) drop_inserted(lane, met.claim + lane.shift, row.seq - 1);
            if (follows_closed_gap(lane, row, met)) close_gap(lane);
        }
        const bool at_home = parsed && parsed->lane == row.lane && met.claim + lane.shift == row.seq;
        if (parsed && !at_home) {
            find(LedgerFault::reordered, row.lane, row.seq,
                 where + " 的内容原属通道 " + std::to_string(parsed->lane) + " 序号 " + std::to_string(parsed->seq) +
                     "：顺序被调换或有记录被插入");
        } else if (!parsed || parsed->kind != row.kind || parsed->at_us != to_us(row.at)) {
            find(LedgerFault::changed, row.lane, row.seq, where + " 的内容被改动");
        } else if (lane.last + 1 == row.seq && !follows(lane.previous, row) &&
                   !follows_own_predecessor(lane, row, met)) {
            find(LedgerFault::changed, row.lane, row.seq,
                 where + " 与前一条的摘要不衔接：该条或前一条被改动，或此处有记录被插入");
        }
        const auto& anchors = anchored_[row.lane];
        if (const auto anchor = anchors.find(row.seq - lane.shift);
            anchor != anchors.end() && anchor->second != row.hash)
            find(LedgerFault::rewritten, row.lane, row.seq, where + " 的摘要与当时签名的锚点不同：此前的记录被改写");
    }

    [[nodiscard]] bool is_ours(const LedgerRow& row) const {
        return keys_.ledger_seal == nullptr || keys_.ledger_seal->of({View{row.hash}}) == row.seal;
    }
    void end_forged(Lane& lane) {
        if (!lane.forged_since) return;
        const auto first = *std::exchange(lane.forged_since, std::nullopt);
        lane.forged = true;
        find(LedgerFault::forged, lane.number, first,
             lane.where(first) + (lane.last > first ? " 至 " + std::to_string(lane.last) : std::string{}) +
                 " 不是用本系统的密钥写入的：是伪造的，或被改写过");
    }

    [[nodiscard]] bool follows(const Digest& previous, const LedgerRow& row) const {
        return keys_.digests.sm3({View{previous}, View{row.canonical}}) == row.hash;
    }

    // The row in front was moved, and this one still follows the row it was written after.
    bool follows_own_predecessor(const Lane& lane, const LedgerRow& row, const Met& met) const {
        return std::any_of(lane.recent.begin(), lane.recent.end(),
                           [&](const Met& other) { return other.claim == met.claim - 1 && follows(other.hash, row); });
    }

    // It belongs to a place further in front and follows what stands before that place, and nothing between belongs
    // here: what lies between is not of the chain.
    bool was_slipped_in_before(const Lane& lane, const LedgerRow& row, const Met& met) const {
        const auto home = met.claim + lane.shift;
        if (home >= row.seq) return false;
        const auto there =
            std::find_if(lane.recent.begin(), lane.recent.end(), [&](const Met& other) { return other.place == home; });
        if (there == lane.recent.end() || there->hash == row.hash || !follows(there->before, row)) return false;
        return std::none_of(there, lane.recent.end(),
                            [&](const Met& other) { return other.claim + lane.shift == row.seq; });
    }
    void drop_inserted(Lane& lane, std::int64_t first, std::int64_t last) {
        for (auto place = first; place <= last; ++place) {
            withdraw(lane, place);
            find(LedgerFault::inserted, lane.number, place,
                 lane.where(place) + " 的记录不属于留痕链：是后来插入的，其后各条被顺移");
        }
        while (!lane.recent.empty() && lane.recent.back().place >= first) {
            ratings_.erase(lane.recent.back().rating);
            lane.recent.pop_back();
        }
        lane.shift += last - first + 1;
        if (lane.forged_since && *lane.forged_since >= first) lane.forged_since.reset();  // said already, more exactly
    }

    // This row and the one in front follow each other and stand equally far before their places: what is missing was
    // taken out and the gap closed.
    bool follows_closed_gap(const Lane& lane, const LedgerRow& row, const Met& met) const {
        if (lane.recent.empty()) return false;
        const auto& front = lane.recent.back();
        const auto ahead = met.claim + lane.shift - row.seq;
        return ahead > 0 && front.claim + lane.shift - front.place == ahead && front.claim + 1 == met.claim &&
               follows(front.hash, row);
    }
    void close_gap(Lane& lane) {
        const auto& front = lane.recent.back();
        withdraw(lane, front.place);
        find_removed(lane, front.place - lane.shift, front.claim - 1, "，其后各条被重新编号");
        lane.shift = front.place - front.claim;
    }

    void find_removed(const Lane& lane, std::int64_t first, std::int64_t last, const std::string& more) {
        find(LedgerFault::removed, lane.number, first,
             "通道 " + std::to_string(lane.number) + " 缺少序号 " + std::to_string(first) +
                 (last > first ? " 至 " + std::to_string(last) : std::string{}) + " 的记录" + more);
    }
    // What was said of a row before it was known what had been done there.
    void withdraw(const Lane& lane, std::int64_t place) {
        std::erase_if(report_.findings, [&](const LedgerFinding& f) {
            return f.lane == lane.number && f.seq == place &&
                   (f.fault == LedgerFault::changed || f.fault == LedgerFault::reordered ||
                    f.fault == LedgerFault::rewritten);
        });
    }

    // Answers the rating's id when this row is the first to tell of it, else 0.
    std::int64_t note_rating(const LedgerRow& row, const Parsed& parsed) {
        if (row.kind != static_cast<std::int32_t>(LedgerKind::rated) &&
            row.kind != static_cast<std::int32_t>(LedgerKind::defaulted))
            return 0;
        if (parsed.fields.empty() || parsed.fields[0].size() != 8) return 0;
        const auto id = static_cast<std::int64_t>(big_endian(parsed.fields[0]));
        Bytes fields(row.canonical.begin() + 22, row.canonical.end());
        const auto [known, first] = ratings_.try_emplace(id, row.lane, fields);
        if (!first && known->second.second != fields)
            find(LedgerFault::rating_changed, row.lane, id,
                 "评价 " + std::to_string(id) + " 在留痕链中有两种记载：其一是伪造的");
        return first ? id : 0;
    }

    // The lanes are read one after the other, so that what happened to an evaluation may come before its opening. A
    // deadline only ever moves away.
    void note_evaluation(const Parsed& parsed) {
        const auto number = [&](std::size_t field) {
            const bool there = field < parsed.fields.size() && parsed.fields[field].size() == 8;
            return there ? static_cast<std::int64_t>(big_endian(parsed.fields[field])) : 0;
        };
        const auto tell_deadline = [&](std::size_t field) -> Told& {
            auto& told = evaluations_[EvaluationId{number(0)}];
            told.deadline_us = std::max(told.deadline_us, number(field));
            return told;
        };
        switch (static_cast<LedgerKind>(parsed.kind)) {
            case LedgerKind::evaluation_opened:
            case LedgerKind::voided: {
                auto& told = tell_deadline(3);
                told.case_id = CaseId{number(1)};
                told.voided |= parsed.kind == static_cast<std::int32_t>(LedgerKind::voided);
                break;
            }
            case LedgerKind::deadline_extended:
                tell_deadline(2);
                break;
            case LedgerKind::withdrawn:
                withdrawn_.insert(CaseId{number(0)});
                break;
            default:
                break;
        }
    }

    ports::result<void> read_ratings(ports::Reading& rows) {
        note_in_force();
        RatingId after{std::numeric_limits<std::int64_t>::min()};
        for (;;) {
            HCP_TRY(const auto page, rows.ratings_after(after, 1000));
            if (page.empty()) break;
            for (const auto& row : page) {
                after = row.id;
                const auto known = ratings_.find(row.id.value());
                if (known == ratings_.end()) {
                    find(LedgerFault::rating_inserted, row.ledger_lane, row.id.value(),
                         "评价 " + std::to_string(row.id.value()) + " 在留痕链中没有记录");
                    continue;
                }
                if (known->second.second != rating_fields(row) ||
                    (row.text_digest != Digest{} && row.sealed_text.empty()))
                    find(LedgerFault::rating_changed, known->second.first, row.id.value(),
                         "评价 " + std::to_string(row.id.value()) + " 与留痕链记载不符");
                ratings_.erase(known);
            }
        }
        for (const auto& [id, entry] : ratings_)
            find(LedgerFault::rating_removed, entry.first, id,
                 "留痕链记载的评价 " + std::to_string(id) + " 已不在数据库中");
        return read_evaluations(rows);
    }

    // The last revision of each evaluation, as the ledger tells it. The fields before are numbers of 8 bytes each.
    void note_in_force() {
        for (const auto& [id, entry] : ratings_) {
            const View fields{entry.second};
            if (fields.size() < 48) continue;
            const EvaluationId evaluation{static_cast<std::int64_t>(big_endian(fields.subspan(16, 8)))};
            const auto revision = static_cast<std::int64_t>(big_endian(fields.subspan(28, 8)));
            const auto origin = static_cast<Origin>(big_endian(fields.subspan(40, 8)));
            auto& newest = in_force_[evaluation];
            if (revision > newest.revision) newest = {RatingId{id}, revision, origin};
            told_.insert(id);
        }
    }

    // What pages, figures and the province go by is the rating that an evaluation names.
    ports::result<void> read_evaluations(ports::Reading& rows) {
        EvaluationId after{std::numeric_limits<std::int64_t>::min()};
        for (;;) {
            HCP_TRY(const auto page, rows.evaluations_after(after, 1000));
            if (page.empty()) break;
            for (const auto& view : page) {
                after = view.evaluation.id;
                judge_evaluation(view);
                if (view.rating && !view.evaluation.embargoed) ++report_.ratings;
                const auto named = view.evaluation.rating_id;
                const auto newest = in_force_.find(after);
                const bool as_told =
                    newest == in_force_.end() ? !told_.contains(named.value()) : named == newest->second.rating;
                if (as_told) continue;
                find(LedgerFault::rating_changed, 0, after.value(),
                     "待评事项 " + std::to_string(after.value()) + " 所指的评价不是留痕链中它的最后一次评价");
            }
        }
        for (const auto& [id, told] : evaluations_)
            if (told.case_id != CaseId{})
                find(LedgerFault::evaluation_removed, 0, id.value(),
                     "留痕链记载的待评事项 " + std::to_string(id.value()) + " 已不在数据库中");
        return {};
    }

    // Takes what the ledger tells of it with it.
    void judge_evaluation(const ports::EvaluationView& view) {
        const auto& row = view.evaluation;
        const auto name = "待评事项 " + std::to_string(row.id.value());
        const auto told = evaluations_.extract(row.id);
        if (told.empty() || told.mapped().case_id == CaseId{})
            return find(LedgerFault::evaluation_inserted, 0, row.id.value(), name + " 在留痕链中没有记录");
        const auto& [case_id, deadline_us, voided] = told.mapped();
        const auto rated = in_force_.find(row.id);
        const auto state = voided                                     ? EvaluationState::voided
                           : rated == in_force_.end()                 ? EvaluationState::open
                           : rated->second.origin == Origin::authored ? EvaluationState::rated
                                                                      : EvaluationState::defaulted;
        const bool withdrawn = withdrawn_.contains(case_id) && !voided;
        std::string differing;
        const auto compare = [&](bool same, std::string_view what) {
            if (!same) differing += (differing.empty() ? "" : "、") + std::string{what};
        };
        compare(row.case_id == case_id, "所属办件");
        compare(to_us(row.deadline) == deadline_us, "截止时间");
        compare(row.state == state, "状态");
        compare(row.withdrawn == withdrawn && view.of.withdrawn == withdrawn_.contains(case_id), "撤回标记");
        if (!differing.empty())
            find(LedgerFault::evaluation_changed, 0, row.id.value(), name + " 的" + differing + "与留痕链记载不符");
    }

    void find(LedgerFault fault, std::int32_t lane, std::int64_t seq, std::string text) {
        report_.findings.push_back({fault, lane, seq, std::move(text)});
    }

    const LedgerKeys& keys_;
    const std::function<void(std::int64_t)>& progress_;
    std::map<std::int32_t, std::map<std::int64_t, Digest>> anchored_;
    std::map<std::int32_t, std::vector<ports::Anchor>> secret_anchors_;  // in the order of signing
    std::map<std::int64_t, std::pair<std::int32_t, Bytes>> ratings_;     // id -> lane, fields; those not yet met
    struct InForce {
        RatingId rating{};
        std::int64_t revision = 0;
        Origin origin = Origin::authored;
    };
    std::map<EvaluationId, InForce> in_force_;
    std::set<std::int64_t> told_;  // every rating of the ledger
    struct Told {
        CaseId case_id;  // 0: its opening was not met
        std::int64_t deadline_us = 0;
        bool voided = false;
    };
    std::map<EvaluationId, Told> evaluations_;  // those not yet met
    std::set<CaseId> withdrawn_;
    LedgerReport report_;
};

}  // namespace

ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors, const LedgerKeys& keys,
                                          const std::function<void(std::int64_t)>& progress) {
    HCP_TRY(const auto content, anchors.read());
    Verification verification{keys, progress};
    verification.take_anchors(content);
    HCP_CHECK(store.read([&](ports::Reading& rows) { return verification.read(rows); }));
    return verification.take_report();
}

}  // namespace hcp::app
