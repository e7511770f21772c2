#pragma once
#include <atomic>
#include <cstdint>

namespace hcp::journal {

// How many pages of 4 KiB the WAL has, and how many of them are in the file already. At the first number whoever has
// just been served copies them into the file, beside the writers; at the second a writer finishes the copy, so that the
// WAL starts over. A WAL that is written over again also syncs faster than one that grows. Any thread.
class WalPages {
public:
    explicit WalPages(std::int64_t heavy_bytes) : heavy_bytes_{heavy_bytes} {}

    // The writer's, behind a commit: so many there are now. Whether it is to finish the copy.
    [[nodiscard]] bool committed(int pages) noexcept {
        if (pages < pages_) copied_ = 0;  // it has started over
        pages_ = pages;
        return start_over_.exchange(false);
    }
    // What a reader that stayed open has left behind is too much for a caller to copy: that is for tend_wal().
    [[nodiscard]] bool are_to_copy() const noexcept {
        const std::int64_t left = pages_ - copied_;
        return left >= to_copy && left * page_bytes < heavy_bytes_;
    }
    void copied(int pages) noexcept {
        copied_ = pages;
        if (pages >= to_start_over) start_over_ = true;
    }
    void cut() noexcept { pages_ = copied_ = 0; }

private:
    static constexpr int to_copy = 500, to_start_over = 2000;
    static constexpr std::int64_t page_bytes = 4096;
    const std::int64_t heavy_bytes_;
    std::atomic<int> pages_{0}, copied_{0};
    std::atomic<bool> start_over_{false};
};

}  // namespace hcp::journal
