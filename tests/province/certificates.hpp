#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>

// Certificates made on the spot, and files that go with the test.
namespace hcp::test {

struct Identity {
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
};

[[nodiscard]] Identity make_ca();
[[nodiscard]] Identity make_ca(const Identity& above);  // an intermediate one
// With its name in the subject alone, as was usual once.
[[nodiscard]] Identity issue_by_subject(const Identity& ca, const std::string& common_name);
// For `name`, a subjectAltName such as "DNS:localhost"; valid from a day ago until `days_left` from now.
[[nodiscard]] Identity issue(const Identity& ca, const std::string& name, int days_left = 1);

// The certificate as PEM in a file of its own, removed at the end.
class CertificateFile {
public:
    explicit CertificateFile(const Identity& identity);
    ~CertificateFile();
    CertificateFile(const CertificateFile&) = delete;
    CertificateFile& operator=(const CertificateFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace hcp::test
