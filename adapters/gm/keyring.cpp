#include "adapters/gm/keyring.hpp"

#include "adapters/gm/encoding.hpp"
#include "adapters/gm/subject_vault.hpp"
#include "plugin/domain/bytes.hpp"

#include <openssl/crypto.h>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::size_t master_bytes = 32;

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

std::unique_ptr<ports::KeyedDigest> Keyring::keyed_digest(std::string_view label) const {
    return std::make_unique<HmacSm3>(derive(HmacSm3{masters_.back().view()}, label).view());
}

std::unique_ptr<ports::Sealer> Keyring::sealer(std::string_view label, Cipher cipher) const {
    std::vector<SealKey> keys;
    keys.reserve(masters_.size());
    for (const auto& master : masters_)
        keys.emplace_back(key_id_of(master.view()), HmacSm3{derive(HmacSm3{master.view()}, label).view()});
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
