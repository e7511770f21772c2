#pragma once
#include "plugin/ports/anchors.hpp"
#include "plugin/run/mutex.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace hcp::test {

// What anchors in memory lie on, and are found on again.
class MemoryAnchorFile {
public:
    // The anchor on this line, counted from 1, cannot be read any more.
    void spoil(std::int64_t line);

private:
    friend class MemoryAnchors;
    run::Mutex mutex_;
    std::vector<std::optional<ports::Anchor>> lines_;  // nothing: spoilt
};

// Anchors that keep the contract (tests/contract/anchors) without a file. `file` outlives them.
class MemoryAnchors final : public ports::Anchors {
public:
    explicit MemoryAnchors(MemoryAnchorFile& file) : file_{file} {}
    ports::result<void> append(const std::vector<ports::Anchor>& anchors) override;
    ports::result<Content> read() override;

private:
    MemoryAnchorFile& file_;
};

}  // namespace hcp::test
