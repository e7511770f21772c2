#pragma once
#include "plugin/domain/event.hpp"

#include <random>
#include <string>

namespace hcp::test {

// Events of every kind with every field present or absent; the same seed gives the same events.
class RandomEvents {
public:
    explicit RandomEvents(unsigned seed) : random_{seed} {}

    domain::Event next() {
        switch (below(4)) {
            case 0:
                return completion();
            case 1:
                return domain::Withdrawal{key(), instant(), text(200)};
            case 2:
                return domain::BidsOpened{text(32), text(64), text(64), instant()};
            default:
                return visit();
        }
    }
    domain::Completion completion() {
        domain::Completion c;
        c.key = key();
        c.line = domain::Line{static_cast<std::int32_t>(flip() ? below(5) : 100 + below(1000)) * (flip() ? 1 : -1)};
        for (auto* field :
             {&c.project_no, &c.section, &c.node, &c.project_name, &c.item_code, &c.department_id, &c.department_name})
            *field = text(200);
        c.completed_at = instant();
        if (flip()) c.accepted_at = instant();
        if (flip()) c.promised_at = instant();
        c.mode = static_cast<domain::Mode>(below(3));
        c.secrecy = domain::Secrecy::from_flag(flip());
        for (int i = below(5); i >= 0; --i) c.subjects.push_back(subject());
        for (int i = below(3); i > 0; --i) c.handlers.push_back({text(64), text(60)});
        return c;
    }

private:
    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    bool flip() { return below(2) == 0; }
    // Bytes of all values: the codec must not care what they mean.
    std::string text(int longest) {
        std::string s(static_cast<std::size_t>(flip() ? 0 : below(longest + 1)), '\0');
        for (auto& c : s) c = static_cast<char>(below(256));
        return s;
    }
    domain::Instant instant() {
        const auto us = static_cast<std::int64_t>(std::uint64_t{random_()} << 32 | random_());
        return domain::instant_from_us(flip() ? us : below(3) - 1);
    }
    domain::CompletionKey key() { return {text(32), text(64), text(32)}; }
    domain::SubjectFacts subject() {
        constexpr domain::Role roles[] = {domain::Role::unknown, domain::Role::tenderer, domain::Role::agency,
                                          domain::Role::bidder,  domain::Role::expert,   domain::Role::mining_bidder,
                                          domain::Role::other};
        return {static_cast<domain::SubjectType>(1 + below(3)),
                roles[below(7)],
                text(64),
                text(3),
                text(100),
                text(18),
                text(100),
                text(64),
                agents()};
    }
    std::vector<domain::AgentFacts> agents() {
        std::vector<domain::AgentFacts> all(static_cast<std::size_t>(below(3)));
        for (auto& agent : all) agent = {text(100), text(64)};
        return all;
    }
    domain::Visit visit() {
        domain::Visit v{text(32), text(64), domain::Line::unknown, instant(), text(40), text(64), text(100), text(64),
                        text(64), {}};
        v.line = domain::Line{2 - static_cast<std::int32_t>(below(5))};
        if (flip()) v.subject = subject();
        return v;
    }

    std::mt19937 random_;
};

}  // namespace hcp::test
