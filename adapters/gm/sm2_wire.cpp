#include "adapters/gm/sm2_wire.hpp"

#include "plugin/domain/bytes.hpp"

#include <algorithm>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::uint8_t sequence_tag = 0x30, integer_tag = 0x02, octets_tag = 0x04;

void put_header(Bytes& out, std::uint8_t tag, std::size_t size) {
    out.push_back(tag);
    if (size < 0x80) {
        out.push_back(static_cast<std::uint8_t>(size));
        return;
    }
    std::size_t octets = 1;
    while (octets < sizeof size && size >> (8 * octets) != 0) ++octets;
    out.push_back(static_cast<std::uint8_t>(0x80 | octets));
    domain::put_integer(out, size, octets);
}

void put(Bytes& out, View bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

// Shortest form: no leading zeros but the one that keeps the number positive.
void put_integer(Bytes& out, View coordinate) {
    while (coordinate.size() > 1 && coordinate.front() == 0) coordinate = coordinate.subspan(1);
    const bool padded = (coordinate.front() & 0x80) != 0;
    put_header(out, integer_tag, coordinate.size() + (padded ? 1 : 0));
    if (padded) out.push_back(0);
    put(out, coordinate);
}

// Takes elements from the front; after the first wrong one everything it gives is empty and `good` false.
class DerReader {
public:
    explicit DerReader(View bytes) : rest_{bytes} {}
    View element(std::uint8_t tag) {
        if (!good || byte() != tag) return fail();
        std::size_t size = byte();
        if (size >= 0x80) {
            const std::size_t octets = size & 0x7f;
            if (octets == 0 || octets > 4) return fail();
            size = static_cast<std::size_t>(domain::take_integer(rest_, octets).value_or(0));
            if (size < 0x80 || size >> (8 * (octets - 1)) == 0) return fail();
        }
        if (!good || size > rest_.size()) return fail();
        const View found = rest_.first(size);
        rest_ = rest_.subspan(size);
        return found;
    }
    void coordinate(std::array<std::uint8_t, 32>& to) {
        View number = element(integer_tag);
        const auto wrong = [&] { return number.empty() || (number[0] & 0x80) != 0; };
        if (wrong()) return void(fail());
        if (number[0] == 0 && number.size() > 1) {
            number = number.subspan(1);
            if ((number[0] & 0x80) == 0) return void(fail());
        }
        if (number.size() > to.size()) return void(fail());
        to.fill(0);
        std::ranges::copy(number, to.end() - static_cast<std::ptrdiff_t>(number.size()));
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    bool good = true;

private:
    std::uint8_t byte() {
        if (rest_.empty()) good = false;
        if (!good) return 0;
        const auto first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    View fail() {
        good = false;
        return {};
    }
    View rest_;
};

ports::result<Sm2Parts> read_der(View bytes) {
    Sm2Parts parts;
    DerReader outer{bytes};
    DerReader in{outer.element(sequence_tag)};
    in.coordinate(parts.x);
    in.coordinate(parts.y);
    const View c3 = in.element(octets_tag), c2 = in.element(octets_tag);
    if (!outer.good || !outer.at_end() || !in.good || !in.at_end() || c3.size() != parts.c3.size() || c2.empty())
        return crypto_errc::malformed;
    std::ranges::copy(c3, parts.c3.begin());
    parts.c2.assign(c2.begin(), c2.end());
    return parts;
}

}  // namespace

Bytes write_sm2(const Sm2Parts& parts, Sm2Order order, bool prefix04) {
    Bytes out;
    out.reserve(parts.c2.size() + 128);
    if (order == Sm2Order::der) {
        Bytes before_c2;
        put_integer(before_c2, parts.x);
        put_integer(before_c2, parts.y);
        put_header(before_c2, octets_tag, parts.c3.size());
        put(before_c2, parts.c3);
        put_header(before_c2, octets_tag, parts.c2.size());
        put_header(out, sequence_tag, before_c2.size() + parts.c2.size());
        put(out, before_c2);
        put(out, parts.c2);
        return out;
    }
    if (prefix04) out.push_back(4);
    put(out, parts.x);
    put(out, parts.y);
    if (order == Sm2Order::c1c3c2) put(out, parts.c3);
    put(out, parts.c2);
    if (order == Sm2Order::c1c2c3) put(out, parts.c3);
    return out;
}

ports::result<Sm2Parts> read_sm2(View bytes, Sm2Order order, bool prefix04) {
    if (order == Sm2Order::der) return read_der(bytes);
    if (prefix04) {
        if (bytes.empty() || bytes.front() != 4) return crypto_errc::malformed;
        bytes = bytes.subspan(1);
    }
    Sm2Parts parts;
    if (bytes.size() <= parts.x.size() + parts.y.size() + parts.c3.size()) return crypto_errc::malformed;
    const auto take = [&](std::size_t count) {
        const View taken = bytes.first(count);
        bytes = bytes.subspan(count);
        return taken;
    };
    std::ranges::copy(take(parts.x.size()), parts.x.begin());
    std::ranges::copy(take(parts.y.size()), parts.y.begin());
    if (order == Sm2Order::c1c3c2) std::ranges::copy(take(parts.c3.size()), parts.c3.begin());
    const View c2 = take(order == Sm2Order::c1c2c3 ? bytes.size() - parts.c3.size() : bytes.size());
    parts.c2.assign(c2.begin(), c2.end());
    if (order == Sm2Order::c1c2c3) std::ranges::copy(bytes, parts.c3.begin());
    return parts;
}

}  // namespace hcp::gm
