#include "tests/world/moody_province.hpp"

#include <algorithm>
#include <utility>

namespace hcp::world {

using domain::Verdict;
using ports::Exchange;

namespace {

Exchange ending(Verdict verdict, std::string reason) {
    Exchange exchange;
    exchange.verdict = verdict;
    exchange.reason = std::move(reason);
    return exchange;
}

}  // namespace

void MoodyProvince::change_mood() {
    constexpr Mood moods[] = {Mood::good, Mood::good, Mood::good, Mood::down, Mood::busy, Mood::loses_answers};
    mood_ = moods[dice_.below(std::size(moods))];
}

void MoodyProvince::exchange(ports::ProvinceMessage message, ports::WireRecord record, domain::Instant leave_by,
                             std::function<void(Exchange)> done) {
    if (time_.now() > leave_by) {
        auto stayed = ending(Verdict::again, "等待发送的时间过长，未发送");
        stayed.left = false;
        time_.at(time_.now(), [this, call = call_, done = std::move(done), stayed = std::move(stayed)] {
            if (call == call_) done(stayed);
        });
        return;
    }
    const auto mood = in_good_mood ? Mood::good : mood_;
    // In any mood now and then one is otherwise.
    const bool keeps = mood == Mood::good ? in_good_mood || !dice_.one_in(40) : mood == Mood::loses_answers;
    auto answer = keeps ? std::visit([&](const auto& said) { return take(said, record); }, message)
                        : ending(Verdict::again, mood == Mood::busy ? "系统繁忙" : "连接被拒绝");
    const bool loses = keeps && !in_good_mood && (mood == Mood::loses_answers ? !dice_.one_in(3) : dice_.one_in(60));
    if (loses) answer = ending(Verdict::ask_first, "等待答复时连接被关闭");
    if (mood == Mood::busy && !keeps && dice_.one_in(2)) answer.retry_after = std::chrono::seconds{60};
    const auto after = in_good_mood || !dice_.one_in(20) ? dice_.between(1ms, 300ms) : dice_.between(1s, 10s);
    time_.at(time_.now() + after, [this, call = call_, done = std::move(done), answer = std::move(answer)] {
        if (call == call_) done(answer);
    });
}

Exchange MoodyProvince::take(const ports::ServiceMessage& message, const ports::WireRecord& record) {
    trace_.note("M1 " + message.project_no + " " + message.item.service_name);
    if (!may_know(message.project_name)) trace_.wrong("the province was told of " + message.project_name);
    if (message.subject.role == domain::Role::expert) trace_.wrong("the province was told of an expert");
    services_[message.project_no].push_back(
        {record.service_name, record.service_time, message.project_name, message.subject.certificate_no, std::nullopt});
    return ending(Verdict::delivered, {});
}

Exchange MoodyProvince::take(const ports::ServiceQuery& query, const ports::WireRecord&) const {
    auto answer = ending(Verdict::delivered, {});
    for (const auto& [project_no, known] : services_)
        for (std::size_t i = 0; i < known.size(); ++i)
            if (known[i].certificate_no == query.subject.certificate_no)
                answer.services.push_back({project_no, static_cast<std::int32_t>(i + 1), known[i].name, known[i].time,
                                           known[i].rated.has_value(), known[i].rated});
    return answer;
}

Exchange MoodyProvince::take(const ports::RatingMessage& message, const ports::WireRecord&) {
    trace_.note("M2 " + message.project_no + " " + std::to_string(message.service_number));
    auto found = services_.find(message.project_no);
    const auto at = static_cast<std::size_t>(message.service_number) - 1;
    if (found == services_.end() || message.service_number < 1 || at >= found->second.size()) {
        trace_.wrong("a rating of a service that the province does not have: " + message.project_no);
        return ending(Verdict::refused, "服务不存在");
    }
    auto& service = found->second[at];
    if (message.origin == domain::Origin::by_default) trace_.wrong("a default went out as an opinion");
    if (!may_know(service.project_name))
        trace_.wrong("the province was told how " + service.project_name + " was rated");
    if (service.rated && *service.rated != message.level)
        trace_.wrong("a second opinion of the same service: " + message.project_no);
    auto answer = ending(Verdict::delivered, {});
    answer.duplicate = service.rated.has_value();
    if (!service.rated) service.rated = message.level;
    return answer;
}

const std::vector<MoodyProvince::Service>& MoodyProvince::services(const std::string& project_no) const {
    static const std::vector<Service> none;
    const auto found = services_.find(project_no);
    return found == services_.end() ? none : found->second;
}

std::size_t MoodyProvince::service_count() const {
    std::size_t n = 0;
    for (const auto& [project_no, services] : services_) n += services.size();
    return n;
}

}  // namespace hcp::world
