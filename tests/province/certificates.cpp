#include "tests/province/certificates.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace hcp::test {
namespace {

void extend(X509* certificate, int nid, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension{
        X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()), X509_EXTENSION_free};
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) throw std::runtime_error("extension");
}

Identity made(const Identity* ca, const char* common_name, int days_left) {
    static std::atomic<long> serial{1};
    Identity id{{X509_new(), X509_free}, {EVP_EC_gen("P-256"), EVP_PKEY_free}};
    auto* x = id.certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
    X509_gmtime_adj(X509_getm_notBefore(x), -2 * 86'400L);
    X509_gmtime_adj(X509_getm_notAfter(x), days_left * 86'400L);
    X509_set_pubkey(x, id.key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(ca ? ca->certificate.get() : x));
    return id;
}

}  // namespace

Identity make_ca() {
    auto ca = made(nullptr, "test root", 1);
    extend(ca.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(ca.certificate.get(), ca.key.get(), EVP_sha256());
    return ca;
}

Identity make_ca(const Identity& above) {
    auto ca = made(&above, "test intermediate", 1);
    extend(ca.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(ca.certificate.get(), above.key.get(), EVP_sha256());
    return ca;
}

Identity issue_by_subject(const Identity& ca, const std::string& common_name) {
    auto leaf = made(&ca, common_name.c_str(), 1);
    X509_sign(leaf.certificate.get(), ca.key.get(), EVP_sha256());
    return leaf;
}

Identity issue(const Identity& ca, const std::string& name, int days_left) {
    auto leaf = made(&ca, "test server", days_left);
    extend(leaf.certificate.get(), NID_subject_alt_name, name);
    X509_sign(leaf.certificate.get(), ca.key.get(), EVP_sha256());
    return leaf;
}

CertificateFile::CertificateFile(const Identity& identity) {
    std::string name = (std::filesystem::temp_directory_path() / "hcp-ca-XXXXXX").string();
    const int fd = ::mkstemp(name.data());
    if (fd < 0) throw std::runtime_error("mkstemp");
    path_ = name;
    std::FILE* file = ::fdopen(fd, "w");
    PEM_write_X509(file, identity.certificate.get());
    std::fclose(file);
}

CertificateFile::~CertificateFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

}  // namespace hcp::test
