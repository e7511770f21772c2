#pragma once
#include "adapters/gm/digest.hpp"
#include "adapters/gm/keyring.hpp"
#include "adapters/gm/sm2_key.hpp"
#include "adapters/gm/sm2_signature.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/record/keys.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace hcp::compose {

// The keys of the files that [keys] and [province] name, for those who use them and for the check of the configuration.
[[nodiscard]] ports::result<gm::PKey> anchor_key_in(const std::filesystem::path& file);
[[nodiscard]] ports::result<gm::PKey> platform_key_in(const std::filesystem::path& file);
[[nodiscard]] ports::result<gm::PKey> client_key_in(const std::filesystem::path& file);
// The keys of the keyed digests, as hcpctl keys carry has written them, into the ring that opens them.
[[nodiscard]] ports::result<void> digests_in(const std::filesystem::path& file, gm::Keyring& ring);

// Tells founding keys apart and gives none of them away.
[[nodiscard]] std::string fingerprint_of(const record::Keys& keys);

// Everything derived from the key files, one object per purpose.
class KeySet {
public:
    // On failure `why` says in Chinese which file and what to do.
    [[nodiscard]] static std::unique_ptr<KeySet> load(const ports::KeySettings& settings, std::string& why);

    [[nodiscard]] record::Keys keys() const { return {sm3_, *lookup_, *link_, *content_, *records_, *vault_}; }
    [[nodiscard]] const ports::Digests& digests() const { return sm3_; }
    [[nodiscard]] const ports::KeyedDigest& content() const { return *content_; }
    [[nodiscard]] const ports::KeyedDigest& ledger() const { return *ledger_; }
    [[nodiscard]] const ports::Sealer& journal() const { return *journal_; }
    [[nodiscard]] const ports::MasterKeys& masters() const { return *names_; }
    // The text of a digest_key_file.
    [[nodiscard]] ports::result<std::string> carried_digests() const { return ring_->carry_digests(); }
    [[nodiscard]] const ports::Signer& anchors() const { return *anchors_; }

private:
    KeySet() = default;
    gm::Sm3 sm3_;
    std::unique_ptr<const ports::KeyedDigest> lookup_, link_, content_, ledger_;
    std::unique_ptr<const ports::Sealer> journal_, records_;
    std::unique_ptr<const ports::SubjectVault> vault_;
    std::unique_ptr<const ports::MasterKeys> names_;
    std::optional<gm::Keyring> ring_;
    std::unique_ptr<const ports::Signer> anchors_;
};

}  // namespace hcp::compose
