#include "adapters/gm/digest.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace hcp::gm {
namespace {

constexpr std::size_t block_bytes = 64;

EVP_MD* sm3_or_throw() {
    if (!algorithms().sm3) throw std::runtime_error{"OpenSSL offers no SM3"};
    return algorithms().sm3;
}

// After SM3 itself was found, memory is all that can be missing.
void must(bool done) {
    if (!done) throw std::bad_alloc{};
}

EVP_MD_CTX* kept_context() {
    auto* const context = of_this_thread<EVP_MD_CTX_new, EVP_MD_CTX_free>();
    must(context != nullptr);
    return context;
}

void take(EVP_MD_CTX* context, std::initializer_list<View> parts) {
    for (const View part : parts) must(EVP_DigestUpdate(context, part.data(), part.size()) == 1);
}

Digest finish(EVP_MD_CTX* context) {
    Digest digest;
    must(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
    return digest;
}

MdCtx state_after(View block) {
    MdCtx context{EVP_MD_CTX_new()};
    must(context && EVP_DigestInit_ex2(context.get(), sm3_or_throw(), nullptr) == 1);
    take(context.get(), {block});
    return context;
}

}  // namespace

Sm3::Sm3() {
    sm3_or_throw();
}

Digest Sm3::sm3(std::initializer_list<View> parts) const {
    const ErrorScope quiet;
    auto* context = kept_context();
    must(EVP_DigestInit_ex2(context, algorithms().sm3, nullptr) == 1);
    take(context, parts);
    return finish(context);
}

HmacSm3::HmacSm3(View key) {
    const ErrorScope quiet;
    std::array<std::uint8_t, block_bytes> block{};
    if (key.size() > block.size()) {
        std::ranges::copy(Sm3{}.sm3({key}), block.begin());
    } else {
        std::ranges::copy(key, block.begin());
    }
    for (auto& byte : block) byte ^= 0x36;
    inner_ = state_after(block);
    for (auto& byte : block) byte ^= 0x36 ^ 0x5c;
    outer_ = state_after(block);
    OPENSSL_cleanse(block.data(), block.size());
}

Digest HmacSm3::of(std::initializer_list<View> parts) const {
    const ErrorScope quiet;
    auto* context = kept_context();
    must(EVP_MD_CTX_copy_ex(context, inner_.get()) == 1);
    take(context, parts);
    const Digest first = finish(context);
    must(EVP_MD_CTX_copy_ex(context, outer_.get()) == 1);
    take(context, {first});
    return finish(context);
}

}  // namespace hcp::gm
