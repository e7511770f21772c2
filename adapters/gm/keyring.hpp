#pragma once
#include "adapters/gm/key_file.hpp"
#include "adapters/gm/sealer.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace hcp::gm {

// The master keys of this instance and everything derived from them. What it hands out owns its keys and may outlive
// it.
//
// New seals are made under the current key; older keys only open. Keyed digests are what the store is searched by and
// what links were made of, so they must outlive a change of the master key: they come from the founding key, the last
// of the older ones (list them newest first), and that one must be kept as long as the store.
class Keyring {
public:
    // A file holds one master key as 64 hexadecimal digits and is its owner's only. Errors: key_file_errc; unavailable
    // when OpenSSL lacks an algorithm.
    [[nodiscard]] static ports::result<Keyring> load(const std::filesystem::path& current);
    [[nodiscard]] static ports::result<Keyring> of(Secret current);  // 32 bytes, else bad_key

    // One call per file, so that the caller knows which one was refused. Newest first.
    [[nodiscard]] ports::result<void> also_opens(const std::filesystem::path& older);
    [[nodiscard]] ports::result<void> also_opens(Secret older);

    [[nodiscard]] KeyId current_id() const { return key_id_of(masters_.front().view()); }
    // A store that was begun under another founding key would find nothing; compare before using one.
    [[nodiscard]] KeyId founding_id() const { return key_id_of(masters_.back().view()); }

    // Labels: "lookup", "link", "content", … One label is one purpose.
    [[nodiscard]] std::unique_ptr<ports::KeyedDigest> keyed_digest(std::string_view label) const;
    [[nodiscard]] std::unique_ptr<ports::Sealer> sealer(std::string_view label, Cipher cipher) const;
    [[nodiscard]] std::unique_ptr<ports::SubjectVault> vault(Cipher cipher) const;

private:
    explicit Keyring(Secret current) { masters_.push_back(std::move(current)); }
    std::vector<Secret> masters_;  // current first, founding last
};

// A new master key as the text of its file.
[[nodiscard]] ports::result<Secret> new_master_key_text();

}  // namespace hcp::gm
