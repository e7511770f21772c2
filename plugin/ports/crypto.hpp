#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/result.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// What the use cases need of cryptography. Every object here may be used by any number of threads at once.
namespace hcp::ports {

using domain::as_bytes;
using domain::as_text;
using domain::Bytes;
using domain::Digest;
using domain::DigestHash;
using domain::View;

enum class crypto_errc {
    bad_key = 1,  // a key that cannot be used: wrong length, not on the curve, not readable by its owner only
    unauthentic,  // the ciphertext or signature was not made with this key, or was changed
    malformed,    // not the shape of a ciphertext, signature or encoding
    unknown_key,  // sealed under a key that is not in the ring
    unavailable,  // the crypto library refused
};
[[nodiscard]] const boost::system::error_category& crypto_category() noexcept;
[[nodiscard]] inline error_code make_error_code(crypto_errc e) noexcept {
    return {static_cast<int>(e), crypto_category()};
}

// Key material: wiped when it goes, cannot be printed, copied or compared by accident.
class Secret {
public:
    Secret() = default;
    explicit Secret(View bytes) : bytes_(bytes.begin(), bytes.end()) {}
    Secret(Secret&& other) noexcept : bytes_{std::exchange(other.bytes_, {})} {}
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            bytes_ = std::exchange(other.bytes_, {});
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] View view() const noexcept { return bytes_; }
    // Takes the same time wherever the first difference lies.
    [[nodiscard]] bool same_as(View other) const noexcept {
        if (other.size() != bytes_.size()) return false;
        std::uint8_t differences = 0;
        for (std::size_t i = 0; i < bytes_.size(); ++i)
            differences = static_cast<std::uint8_t>(differences | (bytes_[i] ^ other[i]));
        return differences == 0;
    }

private:
    void wipe() noexcept {
        volatile std::uint8_t* p = bytes_.data();
        for (std::size_t i = 0; i < bytes_.size(); ++i) p[i] = 0;
    }
    Bytes bytes_;
};

// SM3 of the parts, one after another.
class Digests {
public:
    virtual ~Digests() = default;
    [[nodiscard]] virtual Digest sm3(std::initializer_list<View> parts) const = 0;
};

// HMAC-SM3 under one key, prepared once.
class KeyedDigest {
public:
    virtual ~KeyedDigest() = default;
    [[nodiscard]] virtual Digest of(std::initializer_list<View> parts) const = 0;
};

// Authenticated encryption. The sealed bytes name their cipher and key; `associated` is bound to them but not in them.
class Sealer {
public:
    virtual ~Sealer() = default;
    [[nodiscard]] virtual result<Bytes> seal(View plain, View associated) const = 0;
    [[nodiscard]] virtual result<Bytes> open(View sealed, View associated) const = 0;
};

// Names a key and tells nothing about it.
using KeyId = std::array<std::uint8_t, 8>;

// The master keys of this instance, by name: new seals are made under the current one, what lies under another one of
// them opens as well.
class MasterKeys {
public:
    virtual ~MasterKeys() = default;
    [[nodiscard]] virtual KeyId current() const = 0;
    [[nodiscard]] virtual bool opens(const KeyId&) const = 0;
    // Under which key something was sealed, or a data key wrapped; nothing of what is no seal.
    [[nodiscard]] virtual std::optional<KeyId> of(View sealed) const = 0;
};

// One data key per subject, so that destroying it erases the subject everywhere (E29) while the ledger still verifies.
class SubjectKey : public Sealer {
public:
    // HMAC-SM3 under this subject's key: how an identity or a free text enters the ledger.
    [[nodiscard]] virtual Digest digest(std::initializer_list<View> parts) const = 0;
};
class SubjectVault {
public:
    virtual ~SubjectVault() = default;
    struct New {
        std::shared_ptr<const SubjectKey> key;
        Bytes wrapped;
    };
    [[nodiscard]] virtual result<New> make() const = 0;
    [[nodiscard]] virtual result<std::shared_ptr<const SubjectKey>> unwrap(View wrapped) const = 0;
    // The same data key, wrapped under the current master key.
    [[nodiscard]] virtual result<Bytes> rewrap(View wrapped) const = 0;
};

// SM2 signature over SM3, for ledger anchors and statements.
class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual result<Bytes> sign(View message) const = 0;
    [[nodiscard]] virtual bool verify(View message, View signature) const = 0;
};

// The province's record encryption: to its key, from ours, in the profile's order and encoding.
class RecordCipher {
public:
    virtual ~RecordCipher() = default;
    [[nodiscard]] virtual result<std::string> encrypt(View plain) const = 0;
    [[nodiscard]] virtual result<Bytes> decrypt(std::string_view cipher) const = 0;
};

}  // namespace hcp::ports

template <>
struct boost::system::is_error_code_enum<hcp::ports::crypto_errc> : std::true_type {};
