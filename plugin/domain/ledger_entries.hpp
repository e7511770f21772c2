#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_attribution.hpp"
#include "plugin/domain/ledger_catalogue.hpp"
#include "plugin/domain/ledger_days.hpp"
#include "plugin/domain/ledger_exports.hpp"
#include "plugin/domain/ledger_interpretation.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/ledger_roles.hpp"
#include "plugin/domain/ledger_sign_ons.hpp"
#include "plugin/domain/ledger_unmasking.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace hcp::domain {

// Lanes 1..1023 are the instances' open chains, 1025..2047 their secret ones.
[[nodiscard]] constexpr std::int32_t lane_of(InstanceNo instance, Chain chain) noexcept {
    return instance.value() + (chain == Chain::secret ? 1024 : 0);
}
[[nodiscard]] constexpr bool is_secret_lane(std::int32_t lane) noexcept {
    return lane > 1024;
}
// What may be done with what an entry of the lane tells.
[[nodiscard]] constexpr Secrecy secrecy_of_lane(std::int32_t lane) noexcept {
    return is_secret_lane(lane) ? Secrecy::until_opening() : open_to_all;
}

// What the ledger says, one struct per kind. Its `fields` are written, read and compared in that one order; each has
// the name that operators read when a row says otherwise. Identities and free text are here only as digests under their
// subject's key.
namespace entries {

struct CaseOpened {
    static constexpr auto kind = LedgerKind::case_opened;
    CaseId case_id;
    Digest key{}, content{};
    Instant completed_at;
    Line line = Line::unknown;
    std::string project_no, section, node, item_code, department_id;
    Mode mode = Mode::unknown;
    std::string policy_version, calendar_version;
    friend bool operator==(const CaseOpened&, const CaseOpened&) = default;
};
void fields(auto& io, Of<CaseOpened> auto& e) {
    io("编号", e.case_id);
    io("办结编号", e.key);
    io("上报内容", e.content);
    io("办结时间", e.completed_at);
    io("业务类别", e.line);
    io("项目", e.project_no);
    io("标段", e.section);
    io("环节", e.node);
    io("事项", e.item_code);
    io("部门", e.department_id);
    io("办理方式", e.mode);
    io("规则版本", e.policy_version);
    io("日历版本", e.calendar_version);
}

struct EvaluationOpened {
    static constexpr auto kind = LedgerKind::evaluation_opened;
    EvaluationId evaluation_id;
    CaseId case_id;
    Digest identity{};  // of the subject as reported
    Instant deadline;
    friend bool operator==(const EvaluationOpened&, const EvaluationOpened&) = default;
};
void fields(auto& io, Of<EvaluationOpened> auto& e) {
    io("编号", e.evaluation_id);
    io("所属办件", e.case_id);
    io("主体", e.identity);
    io("截止时间", e.deadline);
}

// An answer of the subject, or the default in its place: the same fields under two kinds.
template <LedgerKind which>
struct RatingMade {
    static constexpr auto kind = which;
    RatingId rating_id;
    EvaluationId evaluation_id;
    std::int32_t revision = 1;
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    Digest text{};
    Channel channel = Channel::portal;
    bool incomplete = false, unsubmitted = false, real_name = true;
    Instant received_at;
    friend bool operator==(const RatingMade&, const RatingMade&) = default;
};
using Rated = RatingMade<LedgerKind::rated>;
using Defaulted = RatingMade<LedgerKind::defaulted>;
template <class T>
requires Of<T, Rated> || Of<T, Defaulted>
void fields(auto& io, T& e) {
    io("编号", e.rating_id);
    io("所属待评事项", e.evaluation_id);
    io("次序", e.revision);
    io("等级", e.level);
    io("标签", e.tags);
    io("文字", e.text);
    io("渠道", e.channel);
    io("待补充标记", e.incomplete);
    io("未提交标记", e.unsubmitted);
    io("实名标记", e.real_name);
    io("收到时间", e.received_at);
}

struct Voided {
    static constexpr auto kind = LedgerKind::voided;
    EvaluationId evaluation_id;
    CaseId case_id;
    friend bool operator==(const Voided&, const Voided&) = default;
};
void fields(auto& io, Of<Voided> auto& e) {
    io("编号", e.evaluation_id);
    io("所属办件", e.case_id);
}

// Of a bad review, or of a late comment (E13), which has no deadlines.
struct TicketOpened {
    static constexpr auto kind = LedgerKind::ticket_opened;
    TicketId ticket_id;
    EvaluationId evaluation_id;
    RatingId rating_id;
    CommentId comment_id;
    Level level = Level::dissatisfied;
    bool real_name = true;
    Instant received_at;
    std::optional<Instant> contact_deadline, rectify_deadline;
    friend bool operator==(const TicketOpened&, const TicketOpened&) = default;
};
void fields(auto& io, Of<TicketOpened> auto& e) {
    io("编号", e.ticket_id);
    io("所属待评事项", e.evaluation_id);
    io("所属评价", e.rating_id);
    io("所属意见", e.comment_id);
    io("等级", e.level);
    io("实名标记", e.real_name);
    io("收到时间", e.received_at);
    io("联系期限", e.contact_deadline);
    io("整改期限", e.rectify_deadline);
}

struct Withdrawn {
    static constexpr auto kind = LedgerKind::withdrawn;
    CaseId case_id;
    Digest key{};
    friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
void fields(auto& io, Of<Withdrawn> auto& e) {
    io("编号", e.case_id);
    io("办结编号", e.key);
}

struct BidsOpened {
    static constexpr auto kind = LedgerKind::bids_opened;
    std::string project_no, section;
    Instant opened_at;
    std::int64_t lifted = 0;  // evaluations
    friend bool operator==(const BidsOpened&, const BidsOpened&) = default;
};
void fields(auto& io, Of<BidsOpened> auto& e) {
    io("项目", e.project_no);
    io("标段", e.section);
    io("开标时间", e.opened_at);
    io("解除件数", e.lifted);
}

struct VisitMade {
    static constexpr auto kind = LedgerKind::visit;
    VisitId visit_id;
    Digest key{};
    Instant visited_at;
    Line line = Line::unknown;
    std::string window, department_id, item_code, staff_id;
    friend bool operator==(const VisitMade&, const VisitMade&) = default;
};
void fields(auto& io, Of<VisitMade> auto& e) {
    io("编号", e.visit_id);
    io("到访编号", e.key);
    io("到访时间", e.visited_at);
    io("业务类别", e.line);
    io("窗口", e.window);
    io("部门", e.department_id);
    io("事项", e.item_code);
    io("工作人员", e.staff_id);
}

void what_was_said(auto& io, auto& comment) {
    io("等级", comment.level);
    io("标签", comment.tags);
    io("文字", comment.text);
    io("渠道", comment.channel);
    io("收到时间", comment.received_at);
}

// As before its author could say it anew.
struct CommentMade {
    static constexpr auto kind = LedgerKind::comment;
    CommentId comment_id;
    EvaluationId evaluation_id;
    Level level = Level::satisfied;
    std::vector<std::string> tags;
    Digest text{};
    Channel channel = Channel::portal;
    Instant received_at;
    friend bool operator==(const CommentMade&, const CommentMade&) = default;
};
void fields(auto& io, Of<CommentMade> auto& e) {
    io("编号", e.comment_id);
    io("所属待评事项", e.evaluation_id);
    what_was_said(io, e);
}

// A comment, or what its author made of it (E13).
struct CommentRevised {
    static constexpr auto kind = LedgerKind::comment_revised;
    CommentId comment_id;
    EvaluationId evaluation_id;
    std::int32_t revision = 1;
    std::optional<Level> level;
    std::vector<std::string> tags;
    Digest text{};
    Channel channel = Channel::portal;
    Instant received_at;
    friend bool operator==(const CommentRevised&, const CommentRevised&) = default;
};
void fields(auto& io, Of<CommentRevised> auto& e) {
    io("编号", e.comment_id);
    io("所属待评事项", e.evaluation_id);
    io("次序", e.revision);
    what_was_said(io, e);
}

// What the author of a rating agreed to beyond it (E7).
struct Consented {
    static constexpr auto kind = LedgerKind::consented;
    RatingId rating_id;
    bool shown_to_rated = false, may_be_contacted = false;
    Digest phone{};
    friend bool operator==(const Consented&, const Consented&) = default;
};
void fields(auto& io, Of<Consented> auto& e) {
    io("所属评价", e.rating_id);
    io("对被评价人公开标记", e.shown_to_rated);
    io("愿意被联系标记", e.may_be_contacted);
    io("联系电话", e.phone);
}

struct Delivered {
    static constexpr auto kind = LedgerKind::delivered;
    DeliveryId delivery_id;
    EvaluationId evaluation_id;
    std::int32_t service_number = 0;
    Digest sent{};
    friend bool operator==(const Delivered&, const Delivered&) = default;
};
void fields(auto& io, Of<Delivered> auto& e) {
    io("编号", e.delivery_id);
    io("所属待评事项", e.evaluation_id);
    io("服务序号", e.service_number);
    io("推送内容", e.sent);
}

struct ReferenceLoaded {
    static constexpr auto kind = LedgerKind::reference_loaded;
    std::int32_t reference_kind = 0;
    std::string version;
    Digest content{};  // SM3
    friend bool operator==(const ReferenceLoaded&, const ReferenceLoaded&) = default;
};
void fields(auto& io, Of<ReferenceLoaded> auto& e) {
    io("类别", e.reference_kind);
    io("版本", e.version);
    io("内容", e.content);
}

// From here on this instance runs on a clock of the host's.
struct VirtualClock {
    static constexpr auto kind = LedgerKind::virtual_clock;
    friend bool operator==(const VirtualClock&, const VirtualClock&) = default;
};
void fields(auto&, Of<VirtualClock> auto&) {}

// Same key, other content: the first won.
struct CaseConflict {
    static constexpr auto kind = LedgerKind::case_conflict;
    Digest key{}, standing{}, other{};
    friend bool operator==(const CaseConflict&, const CaseConflict&) = default;
};
void fields(auto& io, Of<CaseConflict> auto& e) {
    io("办结编号", e.key);
    io("以此为准的内容", e.standing);
    io("另一内容", e.other);
}

// A subject's data key was destroyed (E29). Nothing here tells who it was.
struct SubjectErased {
    static constexpr auto kind = LedgerKind::subject_erased;
    SubjectId subject_id;
    friend bool operator==(const SubjectErased&, const SubjectErased&) = default;
};
void fields(auto& io, Of<SubjectErased> auto& e) {
    io("编号", e.subject_id);
}

}  // namespace entries

using LedgerFact =
    std::variant<entries::CaseOpened, entries::EvaluationOpened, entries::Rated, entries::Defaulted, entries::Voided,
                 entries::TicketOpened, entries::Withdrawn, entries::BidsOpened, entries::VisitMade,
                 entries::CommentMade, entries::Delivered, entries::ReferenceLoaded, entries::DeadlineExtended,
                 entries::VirtualClock, entries::CaseConflict, entries::DayLost, entries::CommentRevised,
                 entries::Consented, entries::SubjectErased, entries::RoleProposed, entries::RoleConfirmed,
                 entries::RoleEnded, entries::StaffInvited, entries::StaffSignedOn, entries::DepartmentReleased,
                 entries::ItemReleased, entries::GuideReleased, entries::TicketExtended, entries::LocalDaysActivated,
                 entries::Attributed, entries::ListExported, entries::IdentityUnmasked, entries::LeakReported,
                 entries::LeakDecided, entries::RuleInterpreted>;

[[nodiscard]] constexpr LedgerKind kind_of(const LedgerFact& fact) noexcept {
    return std::visit([](const auto& entry) { return entry.kind; }, fact);
}

// The part of an entry that every kind has: where it stands and when it was written.
struct LedgerPlace {
    std::int32_t kind = 0;  // a number, since a damaged one may name no kind
    std::int32_t lane = 0;
    std::int64_t seq = 0;
    Instant at;
};

// The canonical form, the input of the chain's SM3 (plugin/decisions/0002-ledger.md; golden vectors of every kind in
// tests/domain/ledger_entries.cpp):
//   u8 version = 1 | u8 kind | i32 lane | i64 seq | i64 at_us | then each field as u32 length | bytes
// Integers are big-endian; a number, id, code, flag or instant inside a field is an i64 of 8 bytes, an absent instant
// no bytes, a list its texts joined by ','.
[[nodiscard]] Bytes canonical(std::int32_t lane, std::int64_t seq, Instant at, const LedgerFact& fact);

// Nothing of what is too short or of another version.
[[nodiscard]] std::optional<LedgerPlace> place_in(View canonical);
// Nothing unless it is exactly what canonical() writes for some fact.
[[nodiscard]] std::optional<LedgerFact> fact_in(View canonical);

// The names of the fields in which two of one kind differ; empty when they are equal.
[[nodiscard]] std::vector<std::string_view> differing_fields(const LedgerFact& a, const LedgerFact& b);

}  // namespace hcp::domain
