#include "plugin/compose/erase_subject.hpp"

#include "plugin/app/identities/erase_subject.hpp"

namespace hcp::compose {
namespace {

using ctl::finding;
using ctl::Refusal;

template <class T>
T or_refuse(ports::result<T> done, ports::Store& store) {
    if (!done) throw Refusal{finding, "没有完成：" + ports::told(done.error(), store)};
    return *std::move(done);
}

}  // namespace

std::optional<ctl::Outside::ErasedSubject> erase_subject(ports::Store& store, record::Books& books,
                                                         const record::Keys& keys, ports::Erasures& erasures,
                                                         const ports::Clock& clock, domain::SubjectType type,
                                                         std::string_view certificate_no, bool confirmed) {
    app::EraseSubject erase{{store, books, keys, erasures, clock}};
    const auto found = or_refuse(erase.look(type, certificate_no), store);
    if (!found) return std::nullopt;
    if (found->matters.ticket_open)
        throw Refusal{finding, "暂缓删除：该主体还有没有办结的整改单（差评正在整改）；办结后再删除，什么也没有改动"};
    if (found->matters.leak_open)
        throw Refusal{finding, "暂缓删除：该主体还有没有决定的泄露案件；决定后再删除，什么也没有改动"};
    ctl::Outside::ErasedSubject answer{found->matters.evaluations, false};
    if (!confirmed) return answer;
    switch (or_refuse(erase.erase(type, certificate_no), store)) {
        case app::EraseSubject::Outcome::erased:
            answer.erased = true;
            return answer;
        case app::EraseSubject::Outcome::unknown:
            return std::nullopt;  // another run was first
        case app::EraseSubject::Outcome::ticket_open:
            throw Refusal{finding, "暂缓删除：该主体刚刚有了没有办结的整改单；办结后再删除，什么也没有改动"};
        case app::EraseSubject::Outcome::leak_open:
            break;
    }
    throw Refusal{finding, "暂缓删除：该主体刚刚有了没有决定的泄露案件；决定后再删除，什么也没有改动"};
}

}  // namespace hcp::compose
