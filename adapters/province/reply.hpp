#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What an answer, or its absence, means. Pure; takes any bytes.
namespace hcp::province {

enum class Asked { service, query, rating };  // M1, M4, M2

struct HttpReply {
    unsigned status = 0;
    std::string content_type, retry_after;  // as received; empty when absent
    std::string body;
    std::string content_encoding = {}, date = {};
};

// How far a request got that has no answer.
enum class Progress {
    not_sent,  // the far end cannot have the whole of it: it did not happen
    unknown,   // all of it was handed over, or may have been
};

struct Judgement {
    domain::Verdict verdict = domain::Verdict::ask_first;
    std::string reason;  // Chinese, fit for a log; empty when delivered
    std::optional<std::chrono::milliseconds> retry_after;
    std::optional<std::string> listed;  // M4: the list as received, encrypted unless the profile is plain
    bool duplicate = false;             // as in ports::Exchange, and the two below
    bool denied = false;
    bool throttled = false;
};

// What an answer means.
//   Flags say it before words do. Where they say success words change nothing; where layers or repeated members
//   contradict one another, or the body cannot be read, it says nothing: an M1 is asked for, an M2 sent again.
//   Words are looked for in the fields that the profile names, and one that `sent` has as well proves nothing, since
//   far ends repeat what they got.
//   Of a 2xx only a body that names a refusal is one.
// `sent` is the record that it answers; `now` is what an absolute Retry-After counts from.
[[nodiscard]] Judgement judge(const HttpReply&, Asked, std::string_view sent, const ports::ProvinceProfile&,
                              domain::Instant now);

// No answer came; `why` is ours, in Chinese.
[[nodiscard]] Judgement judge(Progress, std::string_view why, Asked);

// What the far end's clock showed, by the Date of its answer; nothing when it is none.
[[nodiscard]] std::optional<domain::Instant> read_date(std::string_view header);

// Seconds or an HTTP date (IMF-fixdate), at most a day; nothing when it is neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> read_retry_after(std::string_view header, domain::Instant now);

}  // namespace hcp::province
