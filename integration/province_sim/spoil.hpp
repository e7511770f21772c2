// The answer of a request that a fault has befallen.
#pragma once
#include "integration/province_sim/answer.hpp"
#include "integration/province_sim/envelope.hpp"
#include "integration/province_sim/faults.hpp"

#include <boost/json/value.hpp>

namespace province_sim {

// `honest` is what the platform would say; of a request that was not processed its body is empty.
Answer spoilt(const Fault& fault, Reply honest, const boost::json::value& record);

}  // namespace province_sim
