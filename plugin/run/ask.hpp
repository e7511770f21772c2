#pragma once
#include "plugin/run/outcome.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace hcp::run {

// Has a worker answer a question that only reads, and waits for it at most `limit`: DidNotHappen past it, and when the
// workers stop first. The question may then still be asked, by itself: it owns what it needs. What it throws is thrown
// here.
template <class T, class Question>
[[nodiscard]] ReadOutcome<T> ask(Workers& workers, Question question, std::chrono::milliseconds limit) {
    auto answer = std::make_shared<std::promise<ports::result<T>>>();
    auto known = answer->get_future();
    workers.post([question = std::move(question), answer = std::move(answer)]() mutable {
        try {
            answer->set_value(question());
        } catch (...) {
            answer->set_exception(std::current_exception());
        }
    });
    if (known.wait_for(limit) != std::future_status::ready) return DidNotHappen{};
    try {
        return read_outcome(known.get());
    } catch (const std::future_error&) {
        return DidNotHappen{};  // dropped unasked
    }
}

}  // namespace hcp::run
