#pragma once
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/decide.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/workers.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What the use cases share by which the centre's people come to see who rated. Whoever acts is named by his staff id;
// what he may is what the table of access says of him as the store has him in that transaction. The writer's thread.
namespace hcp::app {

struct IdentityMeans {
    record::Books& books;
    const record::Keys& keys;
    const run::Workers& writer;
};

inline constexpr std::size_t longest_reason_of_unmasking = 200, longest_word_of_leak = 1000;  // characters

// What the table of access is asked about of one evaluation.
struct ReviewMatter {
    std::string department_id;
    std::vector<std::string> handlers, signers;  // staff ids
    domain::Secrecy secrecy{};
    bool by_expert = false;

    [[nodiscard]] domain::Matter matter() const {
        return {.department_id = department_id,
                .handlers = handlers,
                .secrecy = secrecy,
                .rated_by_expert = by_expert,
                .signers = signers};
    }
};
[[nodiscard]] ports::result<ReviewMatter> matter_of(const record::Keys&, const ports::EvaluationView&);

// A free text about a subject, kept under its data key, so that it goes when the subject is erased (E29).
struct SubjectWords {
    record::Bytes sealed;
    record::Digest digest{};
};
[[nodiscard]] ports::result<SubjectWords> sealed_words(const ports::SubjectKey&, std::string_view purpose,
                                                       std::int64_t id, std::string_view words);
// Empty where they do not open any more.
[[nodiscard]] std::string opened_words(const record::Keys&, const ports::SubjectRow&, const record::Bytes& sealed,
                                       const record::Digest& digest);

}  // namespace hcp::app
