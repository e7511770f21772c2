#pragma once
#include "adapters/ctl/outside.hpp"
#include "plugin/ports/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// What a command makes of a use case's answer.
namespace hcp::ctl {

// What was done; a refusal, whose text_of has the reason and the remedy, ends the command.
template <class Done, class Why>
Done done_or_refuse(ports::result<std::variant<Done, Why>> reply) {
    if (!reply) throw refused_by_database(reply.error());
    if (const auto* why = std::get_if<Why>(&*reply)) throw Refusal{finding, "没有做成：" + std::string{text_of(*why)}};
    return std::get<Done>(*std::move(reply));
}

// Any fault of a file ends it, each with its place; `end` says that nothing was changed.
inline void refuse_faults(const Outside& outside, const std::vector<ports::Fault>& faults, std::string_view end) {
    if (faults.empty()) return;
    std::string text;
    for (const auto& fault : faults) text += outside.text_of(fault) + '\n';
    throw Refusal{finding, text.append(end)};
}

}  // namespace hcp::ctl
