#pragma once
#include "adapters/journal/tables.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hcp::journal {

// What is written into one file, sealed, and what is read from it, opened. A seal is bound to the file, to how many
// events there are and to when they came, so that no record opens in another's place. Errors are ports::crypto_errc.
class Seals {
public:
    Seals(const ports::Sealer& sealer, std::string journal_id) : sealer_{sealer}, journal_id_{std::move(journal_id)} {}

    [[nodiscard]] ports::result<Bytes> frame(std::span<const domain::Event> events, std::int64_t accepted_at_us) const;
    [[nodiscard]] ports::result<std::vector<domain::Event>> open(const Frame& frame) const;

    // One event, set aside.
    [[nodiscard]] ports::result<Bytes> aside(const domain::Event& event, std::int64_t at_us,
                                             const std::string& reason) const;
    // One event, or all of a frame that was moved as it lay.
    [[nodiscard]] ports::result<std::vector<domain::Event>> open(const SetAsideRow& row) const;
    // The same under the current key.
    [[nodiscard]] ports::result<Bytes> anew(const SetAsideRow& row) const;

private:
    [[nodiscard]] Bytes frame_context(std::int64_t at_us, std::int64_t events) const;
    [[nodiscard]] Bytes aside_context(std::int64_t at_us, const std::string& reason) const;
    [[nodiscard]] Bytes context(const SetAsideRow& row) const;
    [[nodiscard]] ports::result<std::vector<domain::Event>> open(View sealed, const Bytes& context) const;

    const ports::Sealer& sealer_;
    const std::string journal_id_;
};

}  // namespace hcp::journal
