#include "plugin/app/identities/identities.hpp"

#include "plugin/record/sealed_facts.hpp"

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<ReviewMatter> matter_of(const Keys& keys, const ports::EvaluationView& view) {
    ReviewMatter matter{
        view.case_row.department_id, {}, {}, view.evaluation.secrecy, view.evaluation.role == Role::expert};
    HCP_TRY(matter.handlers, handler_ids_of(keys.sealer, view.case_row));
    return matter;
}

ports::result<SubjectWords> sealed_words(const ports::SubjectKey& key, std::string_view purpose, std::int64_t id,
                                         std::string_view words) {
    SubjectWords made;
    const auto number = std::to_string(id);
    made.digest = key.digest({ports::as_bytes(purpose), ports::as_bytes(number), ports::as_bytes(words)});
    HCP_TRY(made.sealed, key.seal(ports::as_bytes(words), View{made.digest}));
    return made;
}

std::string opened_words(const Keys& keys, const ports::SubjectRow& subject, const Bytes& sealed,
                         const Digest& digest) {
    if (subject.is_erased() || sealed.empty()) return {};
    const auto key = keys.vault.unwrap(View{subject.wrapped_key});
    if (!key) return {};
    const auto plain = (*key)->open(View{sealed}, View{digest});
    return plain ? std::string{ports::as_text(View{*plain})} : std::string{};
}

}  // namespace hcp::app
