#pragma once
#include "plugin/domain/strong.hpp"
#include "plugin/domain/time.hpp"

#include <cstdint>

namespace hcp::domain {

// 63-bit, positive, ordered by time within an instance, made in the plugin so that parents and children go into the
// store as batches without reading keys back. As JSON they are strings: JavaScript numbers end at 2^53.
using CaseId = Strong<struct CaseIdTag, std::int64_t>;
using SubjectId = Strong<struct SubjectIdTag, std::int64_t>;
using EvaluationId = Strong<struct EvaluationIdTag, std::int64_t>;
using RatingId = Strong<struct RatingIdTag, std::int64_t>;
using TicketId = Strong<struct TicketIdTag, std::int64_t>;
using CommentId = Strong<struct CommentIdTag, std::int64_t>;
using DossierId = Strong<struct DossierIdTag, std::int64_t>;
using ServiceId = Strong<struct ServiceIdTag, std::int64_t>;
using DeliveryId = Strong<struct DeliveryIdTag, std::int64_t>;
using VisitId = Strong<struct VisitIdTag, std::int64_t>;
using AttributionId = Strong<struct AttributionIdTag, std::int64_t>;
using RoleGrantId = Strong<struct RoleGrantIdTag, std::int64_t>;
using StaffSessionId = Strong<struct StaffSessionIdTag, std::int64_t>;
using StaffInviteId = Strong<struct StaffInviteIdTag, std::int64_t>;
using NoticeId = Strong<struct NoticeIdTag, std::int64_t>;
using InterpretationId = Strong<struct InterpretationIdTag, std::int64_t>;
using LeakCaseId = Strong<struct LeakCaseIdTag, std::int64_t>;
using UnmaskingId = Strong<struct UnmaskingIdTag, std::int64_t>;
using ExportId = Strong<struct ExportIdTag, std::int64_t>;

// 1..1023, leased from the store: no two live instances of one database share it.
using InstanceNo = Strong<struct InstanceNoTag, std::int32_t>;

// 41 bits of milliseconds since 2020-01-01Z (until 2089), 10 bits of instance, 12 bits of counter. When a millisecond
// is used up, or the clock went back, it runs ahead of the clock rather than repeat. Not thread safe: each owner of a
// transaction has its own guard.
class IdSource {
public:
    // `after`: an id that was made before; all that come are higher, were the clock set back meanwhile.
    explicit IdSource(InstanceNo instance, std::int64_t after = 0)
        : instance_{instance}, last_{after == 0 ? 0 : ((after >> 22) << 12) | 0xFFF} {}

    template <class Id>
    [[nodiscard]] Id next(Instant now) {
        return Id{next_value(now)};
    }

private:
    std::int64_t next_value(Instant now) {
        constexpr Instant epoch{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
        const auto ms = std::chrono::floor<std::chrono::milliseconds>(now - epoch).count();
        const std::int64_t earliest = (ms < 0 ? 0 : ms) << 12;
        last_ = last_ + 1 > earliest ? last_ + 1 : earliest;
        return ((last_ >> 12) << 22) | (std::int64_t{instance_.value()} << 12) | (last_ & 0xFFF);
    }

    InstanceNo instance_;
    std::int64_t last_;
};

}  // namespace hcp::domain
