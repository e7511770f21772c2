#pragma once
#include "tests/ctl/console.hpp"
#include "tests/province/certificates.hpp"

namespace hcp::test {

// A Console whose bridge is on, with every file that it needs, all of them right.
struct Bridged : Console {
    Bridged() {
        secret("word", "TestWord-0001\n");
        secret("client.pem", text_in(root() / "keys/anchor.pem"));
        write("ca.pem", text_in(authority.path()));
        write("platform.pem", text_in(root() / "keys/anchor.pub.pem"));
        edit("haochaping.ini", "enabled = off",
             "base_url = https://hcp.example.gov.cn\nca_file = ca.pem\napp_mark = SDGGZY\napp_word_file = word\n"
             "platform_public_key_file = platform.pem\nclient_private_key_file = client.pem");
    }
    void secret(const fs::path& name, std::string_view text) const {
        write(name, text);
        fs::permissions(root() / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    void before(const fs::path& name, std::string_view text) const {
        write(name, std::string{text} + text_in(root() / name));
    }

    const CertificateFile authority{make_ca()};
};

}  // namespace hcp::test
