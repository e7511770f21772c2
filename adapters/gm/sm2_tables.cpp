#include "adapters/gm/sm2_tables.hpp"

#include "adapters/gm/openssl.hpp"

#include <botan/ec_group.h>
#include <botan/rng.h>
#include <botan/version.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <sys/resource.h>

#include <new>
#include <stdexcept>
#include <vector>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::size_t coordinate_bytes = 32, point_bytes = 65;

// One generator in the process, whichever library draws from it. It must call itself seeded: without that Botan
// multiplies unblinded.
class Generator final : public Botan::RandomNumberGenerator {
public:
    void randomize(std::uint8_t* out, std::size_t count) override {
        if (RAND_priv_bytes_ex(openssl_library(), out, count, 0) != 1) throw std::runtime_error{"no random bytes"};
    }
    bool accepts_input() const override { return false; }
    void add_entropy(const std::uint8_t*, std::size_t) override {}
    std::string name() const override { return "OpenSSL"; }
    void clear() override {}
    bool is_seeded() const override { return true; }
};

// With its first secret Botan locks half a MiB, and for that raises what this process may lock. The limit is the
// host's: it is put back.
void begin_botan() {
    static const bool begun = [] {
        rlimit before{};
        const bool known = ::getrlimit(RLIMIT_MEMLOCK, &before) == 0;
        const Botan::secure_vector<std::uint8_t> first(1);
        if (known) ::setrlimit(RLIMIT_MEMLOCK, &before);
        return true;
    }();
    (void)begun;
}

// What Botan throws stays in here; no memory is the caller's to know, as everywhere.
template <class Work>
auto unless_it_throws(crypto_errc error, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        return error;
    }
}

void write(const Botan::PointGFp& point, std::array<std::uint8_t, 2 * coordinate_bytes>& to) {
    Botan::BigInt::encode_1363(to.data(), coordinate_bytes, point.get_affine_x());
    Botan::BigInt::encode_1363(to.data() + coordinate_bytes, coordinate_bytes, point.get_affine_y());
}

}  // namespace

Sm2Drawn::~Sm2Drawn() {
    OPENSSL_cleanse(shared.data(), shared.size());
}

// Botan keeps a table for the base point of a group alone, so P is the base point of a second group. It also keeps
// every group it ever made: as many as there were different keys.
struct Sm2Tables::Groups {
    explicit Groups(ports::View point) : key{with_base(base.OS2ECP(point.data(), point.size()))} {}
    Botan::EC_Group base{"sm2p256v1"}, key;

private:
    [[nodiscard]] Botan::EC_Group with_base(const Botan::PointGFp& point) const {
        return {base.get_p(),         base.get_a(),     base.get_b(),       point.get_affine_x(),
                point.get_affine_y(), base.get_order(), base.get_cofactor()};
    }
};

Sm2Tables::Sm2Tables(std::unique_ptr<const Groups> groups) noexcept : groups_{std::move(groups)} {}
Sm2Tables::Sm2Tables(Sm2Tables&&) noexcept = default;
Sm2Tables& Sm2Tables::operator=(Sm2Tables&&) noexcept = default;
Sm2Tables::~Sm2Tables() = default;

ports::result<Sm2Tables> Sm2Tables::of(const EVP_PKEY& key) {
    const ErrorScope quiet;
    std::array<std::uint8_t, point_bytes> point;
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(&key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1 ||
        size != point.size())
        return crypto_errc::bad_key;
    begin_botan();
    auto made = unless_it_throws(crypto_errc::bad_key, [&]() -> ports::result<Sm2Tables> {
        return Sm2Tables{std::make_unique<const Groups>(point)};
    });
    if (!made) return made;
    // What Botan computes when it first asks for it stands before threads share it.
    const auto first = made->draw();
    if (!first) return first.error();
    return made;
}

ports::result<Sm2Drawn> Sm2Tables::draw() const {
    return unless_it_throws(crypto_errc::unavailable, [&]() -> ports::result<Sm2Drawn> {
        Generator generator;
        std::vector<Botan::BigInt> workspace(Botan::PointGFp::WORKSPACE_SIZE);
        const auto k = groups_->base.random_scalar(generator);
        std::vector points{groups_->base.blinded_base_point_multiply(k, generator, workspace),
                           groups_->key.blinded_base_point_multiply(k, generator, workspace)};
        Botan::PointGFp::force_all_affine(points, workspace.front().get_word_vector());  // one inversion for both
        Sm2Drawn drawn;
        write(points[0], drawn.c1);
        write(points[1], drawn.shared);
        return drawn;
    });
}

std::string curve_library() {
    return "Botan " + Botan::short_version_string();
}

}  // namespace hcp::gm
