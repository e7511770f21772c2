#include "integration/province_sim/wish.hpp"

namespace province_sim {

std::int64_t integer(const boost::json::value& value, std::string_view key, std::int64_t least, std::int64_t most) {
    if (!value.is_int64() || value.get_int64() < least || value.get_int64() > most)
        throw std::invalid_argument{std::string{key} + ": an integer from " + std::to_string(least) + " to " +
                                    std::to_string(most) + " is wanted"};
    return value.get_int64();
}

std::string text(const boost::json::value& value, std::string_view key) {
    if (!value.is_string()) throw std::invalid_argument{std::string{key} + ": a text is wanted"};
    return std::string{value.get_string()};
}

bool truth(const boost::json::value& value, std::string_view key) {
    if (!value.is_bool()) throw std::invalid_argument{std::string{key} + ": true or false"};
    return value.get_bool();
}

double probability(const boost::json::value& value, std::string_view key) {
    boost::system::error_code error;
    const auto number = value.to_number<double>(error);
    if (error || number < 0 || number > 1) throw std::invalid_argument{std::string{key} + ": a number from 0 to 1"};
    return number;
}

}  // namespace province_sim
