#pragma once
#include "plugin/compose/key_set.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

namespace hcp::compose {

// How hcpctl enters what people decide, beside the instances that run: under a number that all its runs have together,
// which counts as stopped, since it accepts nothing that could be lost. Two runs at once go into one lane, where the
// second begins anew behind the first. The instances sign its heads with their own. Throws ctl::Refusal where the store
// is not ours, or is older than what was signed.
class CtlBooks {
public:
    CtlBooks(ports::Store& store, ports::Anchors& anchors, const KeySet& key_set, const ports::Clock& clock,
             ports::Log& log);
    [[nodiscard]] record::Books& books() noexcept { return books_; }
    [[nodiscard]] const run::Workers& writer() const noexcept { return writer_; }

private:
    const run::Workers writer_;  // of no thread: whoever is here acts
    record::Books books_;
};

}  // namespace hcp::compose
