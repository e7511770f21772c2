#pragma once
#include "tests/ctl/bridged.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hcp::test {

template <class Write>
std::string pem_text(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out{BIO_new(BIO_s_mem()), BIO_free_all};
    write(out.get());
    char* data = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}
inline std::string pem(const Identity& identity) {
    return pem_text([&](BIO* out) { PEM_write_bio_X509(out, identity.certificate.get()); });
}
// Under a passphrase, if one is given.
inline std::string key_pem(const Identity& identity, std::string passphrase = {}) {
    return pem_text([&](BIO* out) {
        PEM_write_bio_PrivateKey(out, identity.key.get(), passphrase.empty() ? nullptr : EVP_aes_256_cbc(),
                                 reinterpret_cast<unsigned char*>(passphrase.data()),
                                 static_cast<int>(passphrase.size()), nullptr, nullptr);
    });
}

// An instance with everything on, ports of the system's choosing, and a database that stands ready. What is spoilt is
// put back by restore().
class SoundInstance : public Bridged {
public:
    SoundInstance() {
        const auto identity = issue(make_ca(), "DNS:localhost");
        write("web-chain.pem", pem(identity));
        secret("web-key.pem", key_pem(identity));
        edit("haochaping.ini", "public_listen = off\n",
             "public_listen = 127.0.0.1:0\npublic_base_url = https://localhost:0\ntls_cert_file = web-chain.pem\n"
             "tls_key_file = web-key.pem\ncentre_name = 山东省公共资源交易中心\nhelp_phone = 0531-00000000\n"
             "[operations]\nlisten = 127.0.0.1:0\n");
        REQUIRE((*this)({"db", "migrate"}).code == 0);
        for (const auto& file : fs::recursive_directory_iterator{root()})
            if (file.is_regular_file()) sound_[file.path()] = text_in(file.path());
    }

    // Whatever the ini names, and the ini.
    [[nodiscard]] static const std::vector<std::string>& files() {
        static const std::vector<std::string> all{"haochaping.ini",
                                                  "policy.ini",
                                                  "calendar/cn-2020.ini",
                                                  "calendar/cn-2026.ini",
                                                  "items/tags.csv",
                                                  "items/items.csv",
                                                  "items/nodes.csv",
                                                  "keys/master.key",
                                                  "keys/anchor.pem",
                                                  "word",
                                                  "province/shandong.ini",
                                                  "client.pem",
                                                  "platform.pem",
                                                  "ca.pem",
                                                  "web-chain.pem",
                                                  "web-key.pem",
                                                  "store.db"};
        return all;
    }
    void restore() const {
        fs::remove_all(root() / "data");
        std::vector<fs::path> added;
        for (const auto& file : fs::recursive_directory_iterator{root()})
            if (file.is_regular_file() && !sound_.contains(file.path())) added.push_back(file.path());
        for (const auto& file : added) fs::remove(file);
        for (const auto& [file, text] : sound_) {
            write(file, text);
            fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        }
    }

private:
    std::map<fs::path, std::string> sound_;
};

}  // namespace hcp::test
