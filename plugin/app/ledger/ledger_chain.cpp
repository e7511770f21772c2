#include "plugin/app/ledger/ledger_chain.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;
using ports::LedgerRow;

namespace {

constexpr std::size_t recent_rows = 1000;

std::string lane_name(std::int32_t lane) {
    return "通道 " + std::to_string(lane);
}
std::string place_name(std::int32_t lane, std::int64_t seq) {
    return lane_name(lane) + " 序号 " + std::to_string(seq);
}
std::string to_last(std::int64_t first, std::int64_t last) {
    return last > first ? " 至 " + std::to_string(last) : std::string{};
}

}  // namespace

void LedgerChain::take_anchors(const ports::Anchors::Content& content) {
    for (const auto line : content.unreadable_lines)
        find(LedgerFault::bad_anchor, 0, line, "锚点文件第 " + std::to_string(line) + " 行无法识别");
    for (const auto& anchor : content.anchors) {
        const auto [number, seq, hash] = anchor.head;
        if (!keys_.anchors.verify(as_bytes(anchor.signed_text()), anchor.signature)) {
            find(LedgerFault::bad_anchor, number, seq, place_name(number, seq) + " 的锚点签名无效");
            continue;
        }
        if (is_secret_lane(number)) {
            secret_anchors_[number].push_back(anchor);
            continue;
        }
        // The file only grows, and a lane only grows: a head that steps back, or stands at a number a second time, was
        // signed over a lane that had been cut or restored meanwhile.
        auto& lane = anchored_[number];
        const bool steps_back = !lane.empty() && seq < lane.rbegin()->first;
        const auto [known, added] = lane.emplace(seq, hash);
        if (steps_back || (!added && known->second != hash))
            find(LedgerFault::cut_or_restored, number, seq,
                 "锚点文件中" + lane_name(number) + " 退回到序号 " + std::to_string(seq) +
                     "：此前末尾曾被截断或恢复过旧库，之后又写了新的记录");
    }
}

std::set<std::int32_t> LedgerChain::anchored_lanes() const {
    std::set<std::int32_t> lanes;
    for (const auto& [lane, anchors] : anchored_) lanes.insert(lane);
    for (const auto& [lane, anchors] : secret_anchors_) lanes.insert(lane);
    return lanes;
}

void LedgerChain::begin(std::int32_t lane) {
    lane_ = {};
    lane_.number = lane;
    if (is_secret_lane(lane)) lane_.secret_anchors = secret_anchors_[lane];
}

std::optional<std::int64_t> LedgerChain::take(const LedgerRow& row) {
    if (row.seq != lane_.last + 1) find_removed(lane_.last + 1 - lane_.shift, row.seq - 1 - lane_.shift, "");
    const auto entry = place_in(row.canonical);
    const Met met{row.seq, entry ? entry->seq : 0, lane_.previous, row.hash};
    std::optional<std::int64_t> dropped_from;
    judge(row, entry, met, dropped_from);
    if (is_ours(row))
        end_forged();
    else if (!lane_.forged_since)
        lane_.forged_since = row.seq;
    lane_.recent.push_back(met);
    if (lane_.recent.size() > recent_rows) lane_.recent.pop_front();
    lane_.previous = row.hash;
    lane_.last = row.seq;
    meet_secret_anchors(row);
    return dropped_from;
}

void LedgerChain::end() {
    end_forged();
    if (is_secret_lane(lane_.number)) return judge_secret_end();
    const auto last = lane_.last - lane_.shift;
    const auto& anchors = anchored_[lane_.number];
    const auto last_anchor = anchors.empty() ? 0 : anchors.rbegin()->first;
    if (last_anchor > last)
        find(LedgerFault::cut_or_restored, lane_.number, last + 1,
             lane_name(lane_.number) + " 的锚点已到序号 " + std::to_string(last_anchor) + "，数据库只到 " +
                 std::to_string(last) + "：末尾被截断，或恢复了旧的数据库");
    not_anchored_ += std::max<std::int64_t>(0, last - last_anchor);
}

std::string LedgerChain::where(std::int64_t seq) const {
    return place_name(lane_.number, seq);
}

void LedgerChain::judge(const LedgerRow& row, const std::optional<LedgerPlace>& entry, const Met& met,
                        std::optional<std::int64_t>& dropped_from) {
    if (entry && entry->lane == row.lane) {
        if (was_slipped_in_before(row, met)) {
            dropped_from = met.claim + lane_.shift;
            drop_inserted(*dropped_from, row.seq - 1);
        }
        if (follows_closed_gap(row, met)) close_gap();
    }
    const bool at_home = entry && entry->lane == row.lane && met.claim + lane_.shift == row.seq;
    if (entry && !at_home) {
        find(LedgerFault::reordered, row.lane, row.seq,
             where(row.seq) + " 的内容原属" + place_name(entry->lane, entry->seq) + "：顺序被调换或有记录被插入");
    } else if (!entry || entry->kind != row.kind || entry->at != row.at) {
        find(LedgerFault::changed, row.lane, row.seq, where(row.seq) + " 的内容被改动");
    } else if (lane_.last + 1 == row.seq && !follows(lane_.previous, row) && !follows_own_predecessor(row, met)) {
        find(LedgerFault::changed, row.lane, row.seq,
             where(row.seq) + " 与前一条的摘要不衔接：该条或前一条被改动，或此处有记录被插入");
    }
    const auto& anchors = anchored_[row.lane];
    if (const auto anchor = anchors.find(row.seq - lane_.shift); anchor != anchors.end() && anchor->second != row.hash)
        find(LedgerFault::rewritten, row.lane, row.seq,
             where(row.seq) + " 的摘要与当时签名的锚点不同：此前的记录被改写");
}

bool LedgerChain::is_ours(const LedgerRow& row) const {
    return keys_.ledger_seal == nullptr || keys_.ledger_seal->of({View{row.hash}}) == row.seal;
}

void LedgerChain::end_forged() {
    if (!lane_.forged_since) return;
    const auto first = *std::exchange(lane_.forged_since, std::nullopt);
    lane_.forged = true;
    find(LedgerFault::forged, lane_.number, first,
         where(first) + to_last(first, lane_.last) + " 不是用本系统的密钥写入的：是伪造的，或被改写过");
}

bool LedgerChain::follows(const Digest& previous, const LedgerRow& row) const {
    return keys_.digests.sm3({View{previous}, View{row.canonical}}) == row.hash;
}

// The row in front was moved, and this one still follows the row it was written after.
bool LedgerChain::follows_own_predecessor(const LedgerRow& row, const Met& met) const {
    return std::any_of(lane_.recent.begin(), lane_.recent.end(),
                       [&](const Met& other) { return other.claim == met.claim - 1 && follows(other.hash, row); });
}

// It belongs to a place further in front and follows what stands before that place, and nothing between belongs here:
// what lies between is not of the chain.
bool LedgerChain::was_slipped_in_before(const LedgerRow& row, const Met& met) const {
    const auto home = met.claim + lane_.shift;
    if (home >= row.seq) return false;
    const auto there =
        std::find_if(lane_.recent.begin(), lane_.recent.end(), [&](const Met& other) { return other.place == home; });
    if (there == lane_.recent.end() || there->hash == row.hash || !follows(there->before, row)) return false;
    return std::none_of(there, lane_.recent.end(),
                        [&](const Met& other) { return other.claim + lane_.shift == row.seq; });
}

void LedgerChain::drop_inserted(std::int64_t first, std::int64_t last) {
    for (auto place = first; place <= last; ++place) {
        withdraw(place);
        find(LedgerFault::inserted, lane_.number, place,
             where(place) + " 的记录不属于留痕链：是后来插入的，其后各条被顺移");
    }
    while (!lane_.recent.empty() && lane_.recent.back().place >= first) lane_.recent.pop_back();
    lane_.shift += last - first + 1;
    if (lane_.forged_since && *lane_.forged_since >= first) lane_.forged_since.reset();  // said already, more exactly
}

// This row and the one in front follow each other and stand equally far before their places: what is missing was taken
// out and the gap closed.
bool LedgerChain::follows_closed_gap(const LedgerRow& row, const Met& met) const {
    if (lane_.recent.empty()) return false;
    const auto& front = lane_.recent.back();
    const auto ahead = met.claim + lane_.shift - row.seq;
    return ahead > 0 && front.claim + lane_.shift - front.place == ahead && front.claim + 1 == met.claim &&
           follows(front.hash, row);
}

void LedgerChain::close_gap() {
    const auto& front = lane_.recent.back();
    withdraw(front.place);
    find_removed(front.place - lane_.shift, front.claim - 1, "，其后各条被重新编号");
    lane_.shift = front.place - front.claim;
}

void LedgerChain::find_removed(std::int64_t first, std::int64_t last, const std::string& more) {
    find(LedgerFault::removed, lane_.number, first,
         lane_name(lane_.number) + " 缺少序号 " + std::to_string(first) + to_last(first, last) + " 的记录" + more);
}

// What was said of a row before it was known what had been done there.
void LedgerChain::withdraw(std::int64_t place) {
    std::erase_if(findings_, [&](const LedgerFinding& f) {
        return f.lane == lane_.number && f.seq == place &&
               (f.fault == LedgerFault::changed || f.fault == LedgerFault::reordered ||
                f.fault == LedgerFault::rewritten);
    });
}

// The anchors of a secret lane name no number: each must be met in the lane, in the order of signing.
void LedgerChain::meet_secret_anchors(const LedgerRow& row) {
    while (!lane_.secret_anchors.empty() &&
           ports::Anchor::secret_head(keys_.digests, lane_.secret_anchors.front().at, row.hash) ==
               lane_.secret_anchors.front().head.hash) {
        lane_.secret_anchors = lane_.secret_anchors.subspan(1);
        lane_.anchored = row.seq;
    }
}

// What was cut off or put back leaves entries that are ours, a rewriting leaves others.
void LedgerChain::judge_secret_end() {
    if (lane_.secret_anchors.empty()) return;
    const bool rewritten = lane_.forged && lane_.anchored < lane_.last;
    const auto first = lane_.anchored + 1;
    find(rewritten ? LedgerFault::rewritten : LedgerFault::cut_or_restored, lane_.number, first,
         where(first) + " 起与当时签名的锚点不符：" +
             (keys_.ledger_seal == nullptr ? "此后的记录被改写，或末尾曾被截断，或恢复过旧的数据库"
              : rewritten                  ? "此后的记录被改写"
                                           : "末尾曾被截断，或恢复过旧的数据库"));
}

}  // namespace hcp::app
