#include "adapters/gm/keyring.hpp"

#include "adapters/gm/encoding.hpp"
#include "adapters/gm/subject_vault.hpp"
#include "plugin/domain/bytes.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <iterator>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::size_t master_bytes = 32;
constexpr std::size_t digest_key_bytes = 32;

// What keyed digests are made for. A digest for a new purpose is derived from one of these: a founding key that is gone
// derives nothing.
constexpr std::string_view digest_labels[] = {"lookup", "link", "content", "ledger"};

View carried_purpose() {
    return ports::as_bytes("hcp digest keys");
}

class Names final : public ports::MasterKeys {
public:
    explicit Names(std::vector<KeyId> ids) : ids_{std::move(ids)} {}
    KeyId current() const override { return ids_.front(); }
    bool opens(const KeyId& id) const override { return std::ranges::find(ids_, id) != ids_.end(); }
    std::optional<KeyId> of(View sealed) const override { return key_id_in(sealed); }

private:
    std::vector<KeyId> ids_;
};

ports::result<Secret> read_master(const std::filesystem::path& path) {
    HCP_TRY(const Secret text, read_key_file(path));
    auto master = unhex_secret(ports::as_text(text.view()));
    if (!master || master->view().size() != master_bytes) return key_file_errc::not_a_master_key;
    return std::move(*master);
}

}  // namespace

ports::result<Keyring> Keyring::load(const std::filesystem::path& current) {
    HCP_TRY(Secret master, read_master(current));
    return of(std::move(master));
}

ports::result<Keyring> Keyring::of(Secret current) {
    if (current.view().size() != master_bytes) return crypto_errc::bad_key;
    if (!algorithms().complete()) return crypto_errc::unavailable;
    return Keyring{std::move(current)};
}

ports::result<void> Keyring::also_opens(const std::filesystem::path& older) {
    HCP_TRY(Secret master, read_master(older));
    return also_opens(std::move(master));
}

ports::result<void> Keyring::also_opens(Secret older) {
    if (older.view().size() != master_bytes) return crypto_errc::bad_key;
    masters_.push_back(std::move(older));
    return {};
}

ports::result<void> Keyring::will_be(const std::filesystem::path& next) {
    HCP_TRY(next_, read_master(next));
    return {};
}

Secret Keyring::digest_key(std::string_view label) const {
    for (const auto& [purpose, key] : carried_)
        if (purpose == label) return Secret{key.view()};
    return derive(HmacSm3{masters_.back().view()}, label);
}

std::unique_ptr<ports::KeyedDigest> Keyring::keyed_digest(std::string_view label) const {
    return std::make_unique<HmacSm3>(digest_key(label).view());
}

ports::result<std::string> Keyring::carry_digests() const {
    Bytes plain;
    for (const auto label : digest_labels) domain::put_field(plain, digest_key(label).view());
    const auto sealed = sealer("digests", Cipher::sm4_ctr_hmac_sm3)->seal(plain, carried_purpose());
    OPENSSL_cleanse(plain.data(), plain.size());
    if (!sealed) return sealed.error();
    return domain::hex_text(*sealed);
}

ports::result<void> Keyring::digests_from(std::string_view carried) {
    const auto sealed = domain::bytes_from_hex(carried);
    if (!sealed) return crypto_errc::malformed;
    HCP_TRY(Bytes plain, sealer("digests", Cipher::sm4_ctr_hmac_sm3)->open(*sealed, carried_purpose()));
    carried_.clear();
    View rest{plain};
    for (const auto label : digest_labels) {
        const auto key = domain::take_field(rest);
        if (key && key->size() == digest_key_bytes) carried_.emplace_back(label, Secret{*key});
    }
    const bool whole = carried_.size() == std::size(digest_labels) && rest.empty();
    OPENSSL_cleanse(plain.data(), plain.size());
    if (!whole) return crypto_errc::malformed;
    return {};
}

std::unique_ptr<ports::MasterKeys> Keyring::names() const {
    std::vector<KeyId> ids;
    for (const auto& master : masters_) ids.push_back(key_id_of(master.view()));
    if (next_) ids.push_back(key_id_of(next_->view()));
    return std::make_unique<Names>(std::move(ids));
}

std::unique_ptr<ports::Sealer> Keyring::sealer(std::string_view label, Cipher cipher) const {
    std::vector<SealKey> keys;
    keys.reserve(masters_.size() + 1);
    const auto add = [&](const Secret& master) {
        keys.emplace_back(key_id_of(master.view()), HmacSm3{derive(HmacSm3{master.view()}, label).view()});
    };
    for (const auto& master : masters_) add(master);
    if (next_) add(*next_);
    return std::make_unique<RingSealer>(std::move(keys), cipher);
}

std::unique_ptr<ports::SubjectVault> Keyring::vault(Cipher cipher) const {
    return std::make_unique<Vault>(sealer("wrap", cipher), cipher);
}

ports::result<Secret> new_master_key_text() {
    HCP_TRY(const Secret drawn, random_secret(master_bytes));
    std::string text = domain::hex_text(drawn.view());
    Secret secret{ports::as_bytes(text)};
    OPENSSL_cleanse(text.data(), text.size());
    return secret;
}

}  // namespace hcp::gm
