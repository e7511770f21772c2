#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What an answer, or its absence, means. Pure; takes any bytes.
namespace hcp::province {

enum class Asked { service, query, rating };  // M1, M4, M2

struct HttpReply {
    unsigned status = 0;
    std::string content_type, retry_after;  // as received; empty when absent
    std::string body;
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
};

// `now` is what an absolute Retry-After counts from.
[[nodiscard]] Judgement judge(const HttpReply&, Asked, const ports::ProvinceProfile&, domain::Instant now);

// No answer came; `why` is ours, in Chinese.
[[nodiscard]] Judgement judge(Progress, std::string_view why, Asked);

// The services of `project_no` in a decrypted M4 list, ordered by number. Nothing when it is no such list.
[[nodiscard]] std::optional<std::vector<ports::KnownService>> read_services(std::string_view list,
                                                                            std::string_view project_no,
                                                                            const ports::ListedFields&);

// Seconds or an HTTP date (IMF-fixdate), at most a day; nothing when it is neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> read_retry_after(std::string_view header, domain::Instant now);

}  // namespace hcp::province
