// Answers that say what happened in a way few can read, or that say too little or two things at once.
#pragma once
#include "integration/province_sim/answer.hpp"
#include "integration/province_sim/envelope.hpp"
#include "integration/province_sim/faults.hpp"

namespace province_sim {

// `fault` is one of kinds_hard_to_read().
void write_hard_to_read(const Fault& fault, const Reply& honest, Answer& answer);

}  // namespace province_sim
