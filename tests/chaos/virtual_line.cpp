#include "tests/chaos/virtual_line.hpp"

#include "adapters/province/envelope.hpp"
#include "adapters/province/listed_services.hpp"
#include "adapters/province/messages.hpp"
#include "plugin/domain/overloaded.hpp"

#include <utility>
#include <variant>

namespace hcp::chaos {

using domain::Verdict;
using ports::Exchange;
using province::Asked;
using namespace std::chrono_literals;

struct VirtualLine::Conversation {
    Asked asked = Asked::service;
    ports::WireRecord record;
    std::string project_no;  // of an M1
    std::uint64_t call = 0;
    bool is_over = false;
    std::function<void(Exchange)> done;
};

namespace {

Asked asked_by(const ports::ProvinceMessage& message) {
    return std::visit(domain::Overloaded{[](const ports::ServiceMessage&) { return Asked::service; },
                                         [](const ports::ServiceQuery&) { return Asked::query; },
                                         [](const ports::RatingMessage&) { return Asked::rating; }},
                      message);
}

Exchange ending(province::Judgement judgement, bool left) {
    Exchange exchange;
    exchange.verdict = judgement.verdict;
    exchange.reason = std::move(judgement.reason);
    exchange.retry_after = judgement.retry_after;
    exchange.duplicate = judgement.duplicate;
    exchange.denied = judgement.denied;
    exchange.throttled = judgement.throttled;
    exchange.left = left;
    return exchange;
}

}  // namespace

ports::WireRecord VirtualLine::written(const ports::ProvinceMessage& message, domain::Instant at) const {
    auto record = std::visit([&](const auto& m) { return province::to_record(m, means_.profile, at); }, message);
    if (record.faults.empty()) record.digest = means_.digest.of({ports::as_bytes(record.text)});
    return record;
}

std::chrono::microseconds VirtualLine::on_the_way() {
    if (is_calm || !means_.dice.one_in(25)) return means_.dice.between(1ms, 200ms);
    return means_.dice.between(1s, 25s);
}

void VirtualLine::exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                           std::function<void(Exchange)> done) {
    const auto of = std::make_shared<Conversation>();
    of->asked = asked_by(message);
    of->call = call_;
    of->done = std::move(done);
    const auto now = means_.time.now();
    const auto stays = [&](std::string why, bool was_tried) {
        means_.time.at(now, [this, of, was_tried, why = std::move(why)] {
            come_back(of, ending(province::judge(province::Progress::not_sent, why, of->asked), was_tried));
        });
    };
    if (now > leave_by) return stays("等待发送的时间过长，未发送", false);
    if (means_.far_end.is_down()) return stays("连接被拒绝", true);
    const auto envelope =
        province::enclose(record.text, {"SDGGZY", "TestWord-0001"}, now, means_.profile.envelope, means_.cipher);
    if (!envelope.fault.empty()) return stays(envelope.fault, false);
    of->record = std::move(record);
    if (const auto* service = std::get_if<ports::ServiceMessage>(&message)) of->project_no = service->project_no;

    const auto& paths = means_.profile.paths;
    const auto& path = of->asked == Asked::service ? paths.service
                       : of->asked == Asked::query ? paths.query
                                                   : paths.rating;
    means_.trace.note(path + " " + of->project_no);
    if (!of->project_no.empty()) means_.far_end.enters(of->project_no);
    means_.far_end.send(
        {"POST", path, "application/json; charset=utf-8", "370000000000", envelope.body}, on_the_way(),
        [this, of](const FarEnd::Outcome& outcome) {
            if (!of->project_no.empty()) means_.far_end.leaves(of->project_no);
            if (!outcome.arrived || outcome.answer.cut)
                return come_back(
                    of, ending(province::judge(province::Progress::unknown, "等待答复时连接被关闭", of->asked), true));
            come_back(of, judged(*of, outcome.answer));
        });
    means_.time.at(now + means_.profile.per_attempt, [this, of] {
        come_back(of, ending(province::judge(province::Progress::unknown, "超时", of->asked), true));
    });
}

void VirtualLine::come_back(const std::shared_ptr<Conversation>& of, Exchange exchange) {
    if (std::exchange(of->is_over, true) || of->call != call_) return;
    of->done(std::move(exchange));
}

Exchange VirtualLine::judged(const Conversation& of, const province_sim::Answer& answer) const {
    const province::HttpReply reply{
        answer.status, answer.content_type,     answer.retry_after_s ? std::to_string(*answer.retry_after_s) : "",
        answer.body,   answer.content_encoding, answer.date};
    auto judgement = province::judge(reply, of.asked, of.record.text, means_.profile, means_.time.now());
    const auto listed = std::exchange(judgement.listed, std::nullopt);
    auto exchange = ending(std::move(judgement), true);
    if (!listed) return exchange;
    std::string plain = *listed;
    if (means_.cipher) {
        const auto opened = means_.cipher->decrypt(*listed);
        if (!opened) {
            exchange.verdict = Verdict::stop_channel;
            exchange.reason = "清单无法解密";
            return exchange;
        }
        plain = ports::as_text(*opened);
    }
    auto services = province::read_services(plain, means_.profile);
    if (services)
        exchange.services = *std::move(services);
    else
        exchange.verdict = Verdict::again;
    return exchange;
}

}  // namespace hcp::chaos
