#include "adapters/gm/subject_vault.hpp"

#include "adapters/gm/encoding.hpp"

#include <openssl/crypto.h>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::size_t data_key_bytes = 32;

// Keeps the wrapped key from being taken for another text sealed under the same key.
View purpose() {
    return ports::as_bytes("hcp subject data key");
}

class DataKey final : public ports::SubjectKey {
public:
    DataKey(View key, Cipher cipher)
        : root_{key}, sealing_{key_id_of(key), HmacSm3{derive(root_, "seal").view()}}, cipher_{cipher} {}
    ports::result<Bytes> seal(View plain, View associated) const override {
        return sealing_.seal(cipher_, plain, associated);
    }
    ports::result<Bytes> open(View sealed, View associated) const override { return sealing_.open(sealed, associated); }
    // Derived when it is wanted: most are unwrapped for what is sealed alone.
    Digest digest(std::initializer_list<View> parts) const override {
        return HmacSm3{derive(root_, "digest").view()}.of(parts);
    }

private:
    HmacSm3 root_;
    SealKey sealing_;
    Cipher cipher_;
};

}  // namespace

ports::result<Vault::New> Vault::make() const {
    HCP_TRY(const Secret key, random_secret(data_key_bytes));
    HCP_TRY(Bytes wrapped, wrapper_->seal(key.view(), purpose()));
    return New{std::make_shared<const DataKey>(key.view(), cipher_), std::move(wrapped)};
}

ports::result<Secret> Vault::key_in(View wrapped) const {
    HCP_TRY(Bytes opened, wrapper_->open(wrapped, purpose()));
    Secret key{opened};
    OPENSSL_cleanse(opened.data(), opened.size());
    if (key.view().size() != data_key_bytes) return crypto_errc::malformed;
    return key;
}

ports::result<std::shared_ptr<const ports::SubjectKey>> Vault::unwrap(View wrapped) const {
    HCP_TRY(const Secret key, key_in(wrapped));
    return std::make_shared<const DataKey>(key.view(), cipher_);
}

ports::result<Bytes> Vault::rewrap(View wrapped) const {
    HCP_TRY(const Secret key, key_in(wrapped));
    return wrapper_->seal(key.view(), purpose());
}

}  // namespace hcp::gm
