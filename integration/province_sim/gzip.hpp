// A gzip stream (RFC 1952) of one member.
#pragma once
#include <string>
#include <string_view>

namespace province_sim {

std::string gzip(std::string_view plain);

}  // namespace province_sim
