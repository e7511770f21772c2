#include "adapters/province/listed_services.hpp"
#include "adapters/province/reply.hpp"
#include "plugin/domain/utf8.hpp"
#include "tests/province/examples.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Any bytes from the far end have a verdict, a reason fit for a log, and leave nothing else behind.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hcp;
    if (size < 2) return 0;
    constexpr unsigned statuses[] = {200, 204, 302, 400, 401, 404, 408, 429, 500, 502, 503, 101};
    const auto asked = static_cast<province::Asked>(data[0] % 3);
    std::string text{reinterpret_cast<const char*>(data) + 2, size - 2};
    const province::HttpReply reply{
        statuses[data[1] % std::size(statuses)],   "application/json", text.substr(0, 29), text,
        data[1] % 5 == 0 ? text.substr(0, 8) : "", text.substr(0, 29)};
    (void)province::read_date(reply.date);
    const auto judgement = province::judge(reply, asked, "[{}]", test::shandong(), test::half_past_nine);
    const bool done = judgement.verdict == domain::Verdict::delivered;
    if (done != judgement.reason.empty() || !domain::is_utf8(judgement.reason) ||
        domain::characters(judgement.reason) > 180)
        std::abort();
    if (judgement.reason.find('\n') != std::string::npos) std::abort();
    if (judgement.retry_after &&
        (judgement.retry_after->count() < 0 || *judgement.retry_after > std::chrono::hours{24}))
        std::abort();
    (void)province::read_services(text, test::shandong());
    return 0;
}
