#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <memory>
#include <set>
#include <string_view>

// Stand-ins for cryptography in tests of the use cases, which keep the contract of its port (tests/contract/crypto) and
// need no library. They hide nothing from anybody who looks for it; but what is sealed cannot be read by chance, opens
// only under its own key and with what it was bound to, and the same seed and the same order of calls give the same
// bytes.
namespace hcp::test {

using ports::Bytes;
using ports::Digest;
using ports::View;

class PlainDigests final : public ports::Digests {
public:
    [[nodiscard]] Digest sm3(std::initializer_list<View> parts) const override;
};

class PlainKeyedDigest final : public ports::KeyedDigest {
public:
    explicit PlainKeyedDigest(const Digest& key) : key_{key} {}
    [[nodiscard]] Digest of(std::initializer_list<View> parts) const override;

private:
    Digest key_;
};

// Numbers of seals, so that no two are made alike.
using Seals = std::shared_ptr<std::atomic<std::uint64_t>>;

// Sealed bytes: a mark | what names the ring, 8 | number of the seal, 8 | text | tag, 32.
class PlainSealer final : public ports::Sealer {
public:
    PlainSealer(const Digest& ring, const Digest& key, Seals seals);
    [[nodiscard]] ports::result<Bytes> seal(View plain, View associated) const override;
    [[nodiscard]] ports::result<Bytes> open(View sealed, View associated) const override;

private:
    Bytes head_;
    PlainKeyedDigest stream_, tag_;
    Seals seals_;
};

class PlainVault final : public ports::SubjectVault {
public:
    PlainVault(const Digest& ring, const Digest& key, Seals seals);
    [[nodiscard]] ports::result<New> make() const override;
    [[nodiscard]] ports::result<std::shared_ptr<const ports::SubjectKey>> unwrap(View wrapped) const override;
    [[nodiscard]] ports::result<Bytes> rewrap(View wrapped) const override;

    // From now on this one does not unwrap.
    void lose(View wrapped);

private:
    [[nodiscard]] std::shared_ptr<const ports::SubjectKey> data_key(const Digest& key) const;

    PlainSealer wrapper_;
    PlainKeyedDigest new_keys_;
    Seals seals_;
    mutable run::Mutex mutex_;
    std::set<Bytes> lost_;
};

class PlainSigner final : public ports::Signer {
public:
    explicit PlainSigner(const Digest& key) : digest_{key} {}
    [[nodiscard]] ports::result<Bytes> sign(View message) const override;
    [[nodiscard]] bool verify(View message, View signature) const override;

private:
    PlainKeyedDigest digest_;
};

// One master key, and what is derived from it for each purpose. What it hands out may outlive it.
class PlainRing {
public:
    explicit PlainRing(std::uint64_t seed = 1);

    [[nodiscard]] PlainKeyedDigest keyed_digest(std::string_view purpose) const;
    [[nodiscard]] PlainSealer sealer(std::string_view purpose) const;
    [[nodiscard]] PlainSigner signer() const;
    [[nodiscard]] std::unique_ptr<PlainVault> vault() const;

private:
    [[nodiscard]] Digest derived(std::string_view purpose) const;

    Digest master_;
    Seals seals_ = std::make_shared<std::atomic<std::uint64_t>>(0);
};

}  // namespace hcp::test
