#pragma once
#include "plugin/ports/crypto.hpp"
#include "tests/contract/clause.hpp"

#include <memory>
#include <string_view>
#include <vector>

// What every implementation of the ports in plugin/ports/crypto.hpp must do, whatever the ciphers.
namespace hcp::contract {

// What hangs together under one master key. What it hands out may outlive it.
class CryptoRing {
public:
    virtual ~CryptoRing() = default;
    [[nodiscard]] virtual std::unique_ptr<ports::KeyedDigest> keyed_digest(std::string_view purpose) = 0;
    [[nodiscard]] virtual std::unique_ptr<ports::Sealer> sealer(std::string_view purpose) = 0;
    [[nodiscard]] virtual std::unique_ptr<ports::SubjectVault> vault() = 0;
    [[nodiscard]] virtual std::unique_ptr<ports::Signer> signer() = 0;
};

class Crypto {
public:
    virtual ~Crypto() = default;
    [[nodiscard]] virtual std::unique_ptr<ports::Digests> digests() = 0;
    // The same number, the same master key.
    [[nodiscard]] virtual std::unique_ptr<CryptoRing> ring(std::uint8_t number) = 0;
};

using CryptoClause = ClauseOn<Crypto>;

[[nodiscard]] std::vector<CryptoClause> crypto_clauses();

}  // namespace hcp::contract
