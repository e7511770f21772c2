#include "integration/province_sim/gzip.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>
#include <stdexcept>

namespace province_sim {
namespace {

namespace zlib = boost::beast::zlib;

constexpr int window_bits = 15;
constexpr int memory_level = 8;

std::string deflate(std::string_view plain) {
    zlib::deflate_stream stream;
    stream.reset(zlib::default_size, window_bits, memory_level, zlib::Strategy::normal);
    std::string out(stream.upper_bound(plain.size()), '\0');
    zlib::z_params step;
    step.next_in = plain.data();
    step.avail_in = plain.size();
    step.next_out = out.data();
    step.avail_out = out.size();
    boost::beast::error_code error;
    stream.write(step, zlib::Flush::finish, error);
    if (error && error != zlib::error::end_of_stream) throw std::runtime_error{"deflate: " + error.message()};
    out.resize(step.total_out);
    return out;
}

std::string little_endian(std::uint32_t number) {
    std::string out;
    for (int i = 0; i < 4; ++i, number >>= 8U) out += static_cast<char>(number & 0xFFU);
    return out;
}

}  // namespace

std::string gzip(std::string_view plain) {
    using std::string_view_literals::operator""sv;
    boost::crc_32_type checksum;
    checksum.process_bytes(plain.data(), plain.size());
    std::string out{"\x1F\x8B\x08\0\0\0\0\0\0\xFF"sv};
    out += deflate(plain);
    out += little_endian(checksum.checksum());
    out += little_endian(static_cast<std::uint32_t>(plain.size()));
    return out;
}

}  // namespace province_sim
