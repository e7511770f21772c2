#pragma once
#include "adapters/gm/key_file.hpp"
#include "adapters/gm/sealer.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::gm {

// The master keys of this instance and everything derived from them. What it hands out owns its keys and may outlive
// it.
//
// New seals are made under the current key; older keys, and the next one, only open. Keyed digests are what the store
// is searched by and what links were made of, so they must outlive a change of the master key: they come from the
// founding key, the last of the older ones (list them newest first), or from what carry_digests() has kept of it.
class Keyring {
public:
    // A file holds one master key as 64 hexadecimal digits and is its owner's only. Errors: key_file_errc; unavailable
    // when OpenSSL lacks an algorithm.
    [[nodiscard]] static ports::result<Keyring> load(const std::filesystem::path& current);
    [[nodiscard]] static ports::result<Keyring> of(Secret current);  // 32 bytes, else bad_key

    // One call per file, so that the caller knows which one was refused. Newest first.
    [[nodiscard]] ports::result<void> also_opens(const std::filesystem::path& older);
    [[nodiscard]] ports::result<void> also_opens(Secret older);

    // What will be the current key: other hosts may seal under it already.
    [[nodiscard]] ports::result<void> will_be(const std::filesystem::path& next);

    // The keys of the keyed digests, sealed under the current key: with them the founding key is needed no more. Hex.
    [[nodiscard]] ports::result<std::string> carry_digests() const;
    // From then on those of the text, which a key of the ring has sealed, are used.
    [[nodiscard]] ports::result<void> digests_from(std::string_view carried);

    [[nodiscard]] KeyId current_id() const { return key_id_of(masters_.front().view()); }
    [[nodiscard]] std::unique_ptr<ports::MasterKeys> names() const;
    // A store that was begun under another founding key would find nothing; compare before using one.
    [[nodiscard]] KeyId founding_id() const { return key_id_of(masters_.back().view()); }

    // Labels: "lookup", "link", "content", "ledger". One label is one purpose.
    [[nodiscard]] std::unique_ptr<ports::KeyedDigest> keyed_digest(std::string_view label) const;
    [[nodiscard]] std::unique_ptr<ports::Sealer> sealer(std::string_view label, Cipher cipher) const;
    [[nodiscard]] std::unique_ptr<ports::SubjectVault> vault(Cipher cipher) const;

private:
    explicit Keyring(Secret current) { masters_.push_back(std::move(current)); }
    [[nodiscard]] Secret digest_key(std::string_view label) const;

    std::vector<Secret> masters_;  // current first, founding last
    std::optional<Secret> next_;
    std::vector<std::pair<std::string, Secret>> carried_;  // by label
};

// A new master key as the text of its file.
[[nodiscard]] ports::result<Secret> new_master_key_text();

}  // namespace hcp::gm
