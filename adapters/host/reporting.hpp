#pragma once
#include "adapters/host/arrays.hpp"
#include "adapters/host/module.hpp"

#include <cstddef>
#include <vector>

namespace hcp::host {

// The events of one call on their way to the module, in order, and the answer of each. They are handed over in pieces,
// so that neither memory nor the longest turn of anybody behind us depends on how many a host reports at once.
class Reporting {
public:
    Reporting(Intake& intake, const Results& results, std::size_t count);

    // The next event, good or malformed.
    void take(domain::Event event);
    void refuse(const Fault& fault);
    // True: a piece was not stored, and all that follow have its answer untried.
    [[nodiscard]] bool broken_off() const noexcept { return broken_off_; }
    // Hands over what is left.
    void finish();
    // Everything that has no answer yet gets this one.
    void break_off(hcp_status status) noexcept;

    // HCP_OK when every answer is, else that of the first event that is not.
    [[nodiscard]] hcp_status status() const noexcept { return status_; }

private:
    void hand_over();
    void answer(std::size_t place, hcp_status status, const Fault* fault = nullptr) noexcept;

    Intake& intake_;
    const Results& results_;
    const std::size_t count_;
    std::size_t next_ = 0;  // the place of the next event
    std::vector<domain::Event> piece_;
    std::vector<std::size_t> places_;  // of the piece
    std::size_t evaluations_ = 0;      // of the piece
    bool broken_off_ = false;
    std::size_t first_refused_;
    hcp_status status_ = HCP_OK;
};

}  // namespace hcp::host
