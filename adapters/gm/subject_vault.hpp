#pragma once
#include "adapters/gm/sealer.hpp"

#include <memory>

namespace hcp::gm {

// A subject's data key is 32 random bytes, at rest only as sealed by `wrapper`.
class Vault final : public ports::SubjectVault {
public:
    Vault(std::unique_ptr<const ports::Sealer> wrapper, Cipher cipher)
        : wrapper_{std::move(wrapper)}, cipher_{cipher} {}
    [[nodiscard]] ports::result<New> make() const override;
    [[nodiscard]] ports::result<std::shared_ptr<const ports::SubjectKey>> unwrap(View wrapped) const override;
    [[nodiscard]] ports::result<Bytes> rewrap(View wrapped) const override;

private:
    [[nodiscard]] ports::result<Secret> key_in(View wrapped) const;

    std::unique_ptr<const ports::Sealer> wrapper_;
    Cipher cipher_;
};

}  // namespace hcp::gm
