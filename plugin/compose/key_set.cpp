#include "plugin/compose/key_set.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/run/descriptor.hpp"

namespace hcp::compose {

ports::result<gm::PKey> anchor_key_in(const std::filesystem::path& file) {
    HCP_TRY(const auto text, gm::read_key_file(file));
    return gm::sm2_private_from_pem(ports::as_text(text.view()));
}

ports::result<gm::PKey> platform_key_in(const std::filesystem::path& file) {
    const auto text = run::text_of_file(file);
    if (!text) return gm::key_file_errc::unreadable;
    return gm::sm2_public_from_text(*text);
}

ports::result<gm::PKey> client_key_in(const std::filesystem::path& file) {
    HCP_TRY(const auto text, gm::read_key_file(file));
    return gm::sm2_private_from_text(ports::as_text(text.view()));
}

ports::result<void> digests_in(const std::filesystem::path& file, gm::Keyring& ring) {
    HCP_TRY(const auto text, gm::read_key_file(file));
    return ring.digests_from(ports::as_text(text.view()));
}

std::string fingerprint_of(const record::Keys& keys) {
    return domain::hex_text(record::keyed(keys.lookup, "instance", {}));
}

std::unique_ptr<KeySet> KeySet::load(const ports::KeySettings& settings, std::string& why) {
    const auto refuse = [&](const std::filesystem::path& file, const ports::error_code& error) {
        why = "密钥文件 " + file.filename().string() + " 不可用：" + error.message() +
              "；可用 hcpctl keys init 生成，权限应为 0600";
        return nullptr;
    };
    auto ring = gm::Keyring::load(settings.master_key_file);
    if (!ring) return refuse(settings.master_key_file, ring.error());
    for (const auto& old : settings.old_key_files)
        if (const auto added = ring->also_opens(old); !added) return refuse(old, added.error());
    if (!settings.next_key_file.empty())
        if (const auto added = ring->will_be(settings.next_key_file); !added)
            return refuse(settings.next_key_file, added.error());
    if (!settings.digest_key_file.empty())
        if (const auto taken = digests_in(settings.digest_key_file, *ring); !taken) {
            why = "摘要密钥文件 " + settings.digest_key_file.filename().string() + " 不可用：" +
                  taken.error().message() +
                  "；它由 hcpctl keys carry 写出，须用当时的主密钥打开：把那一把也列在 old_key_files，再重新写出";
            return nullptr;
        }
    auto anchor = anchor_key_in(settings.anchor_key_file);
    if (!anchor) return refuse(settings.anchor_key_file, anchor.error());

    std::unique_ptr<KeySet> set{new KeySet};
    set->lookup_ = ring->keyed_digest("lookup");
    set->link_ = ring->keyed_digest("link");
    set->content_ = ring->keyed_digest("content");
    set->ledger_ = ring->keyed_digest("ledger");
    set->journal_ = ring->sealer("journal", settings.cipher);
    set->records_ = ring->sealer("records", settings.cipher);
    set->vault_ = ring->vault(settings.cipher);
    set->names_ = ring->names();
    set->ring_ = *std::move(ring);
    set->anchors_ = std::make_unique<gm::Sm2Signer>(*std::move(anchor));
    return set;
}

}  // namespace hcp::compose
