#include "plugin/ports/crypto.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

#include <ostream>
#include <set>
#include <type_traits>

using namespace hcp;
using ports::Secret;

template <class T>
concept printable = requires(std::ostream& out, const T& value) {
    out << value;
};
template <class T>
concept formattable_as_text = std::is_convertible_v<T, std::string> || std::is_convertible_v<T, std::string_view>;

static_assert(printable<int>, "the concept can be true");
static_assert(!printable<Secret> && !formattable_as_text<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
static_assert(!std::equality_comparable<Secret>);

SCENARIO("a secret moves, and leaves nothing behind", "[gm][secret]") {
    const auto key = test::pattern(32);
    Secret first{key};
    Secret second{std::move(first)};
    CHECK(second.same_as(key));
    CHECK(first.view().empty());  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is the question

    Secret third{test::pattern(16)};
    third = std::move(second);
    CHECK(third.same_as(key));
    CHECK(second.view().empty());  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
}

SCENARIO("a secret is the same only as all of its bytes", "[gm][secret]") {
    const auto key = test::pattern(32);
    const Secret secret{key};
    for (std::size_t i = 0; i < key.size(); ++i) {
        auto other = key;
        other[i] ^= 1;
        CHECK_FALSE(secret.same_as(other));
    }
    CHECK_FALSE(secret.same_as(ports::View{key}.first(31)));
    CHECK_FALSE(secret.same_as({}));
    CHECK(Secret{}.same_as({}));
}

SCENARIO("every crypto error has words of its own", "[gm][secret]") {
    std::set<std::string> words;
    for (int code = 1; code <= 5; ++code) words.insert(ports::crypto_category().message(code));
    CHECK(words.size() == 5);
    CHECK_FALSE(words.contains(ports::crypto_category().message(6)));
}
