#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/references.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::ReferenceRow> auto& r) {
    io("kind", r.kind);
    io("version", r.version);
    io("checksum", r.checksum);
    io("content", r.content);
    io("loaded_at_us", r.loaded_at);
}

class SqlReferences final : public ports::References {
public:
    explicit SqlReferences(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::ReferenceRow>> of(ports::ReferenceKind) override;
    result<ports::NewestRules> newest() override;
    result<void> insert(std::span<const ports::ReferenceRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
