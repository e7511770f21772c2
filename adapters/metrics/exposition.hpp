#pragma once
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a Prometheus scrape reads, and the numbers behind it. Debian has no static library of prometheus-cpp, and the
// module links everything in; of the text exposition format (version 0.0.4) it needs little.
namespace hcp::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;  // (name, value), in any order

// One line of a scrape, or the lines of one histogram. Counting takes no lock; any thread.
class Series {
public:
    virtual ~Series() = default;
    // `labels` as they stand between the braces; may be empty.
    virtual void write(std::string& out, const std::string& name, const std::string& labels) const = 0;
};

class Counter final : public Series {
public:
    void add(std::int64_t n = 1) noexcept { count_.fetch_add(n, std::memory_order_relaxed); }
    void write(std::string& out, const std::string& name, const std::string& labels) const override;

private:
    std::atomic<std::int64_t> count_{0};
};

class Gauge final : public Series {
public:
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    void write(std::string& out, const std::string& name, const std::string& labels) const override;

private:
    std::atomic<std::int64_t> value_{0};
};

// A scrape sees every observation in all its buckets or in none; the sum may be one observation ahead or behind.
class Histogram final : public Series {
public:
    // Of the buckets, ascending; each holds what is at most its bound. The one for all else is not named.
    explicit Histogram(std::span<const double> bounds) : bounds_{bounds}, counts_(bounds.size() + 1) {}
    void observe(double value) noexcept;
    void write(std::string& out, const std::string& name, const std::string& labels) const override;

private:
    std::span<const double> bounds_;  // outlives it
    std::vector<std::atomic<std::int64_t>> counts_;
    std::atomic<double> sum_{0};
};

// The series of one name. They stay for good.
class Family {
public:
    Family(std::string name, std::string help, std::string_view type)
        : name_{std::move(name)}, help_{std::move(help)}, type_{type} {}

    // Any thread.
    template <class S, class... Arguments>
    S& add(const Labels& labels, Arguments&&... arguments) {
        auto made = std::make_unique<S>(std::forward<Arguments>(arguments)...);
        auto& series = *made;
        keep(labels, std::move(made));
        return series;
    }
    void write(std::string& out) const;  // nothing while there is no series

private:
    void keep(const Labels& labels, std::unique_ptr<Series> series);

    const std::string name_, help_;
    const std::string_view type_;
    mutable run::Mutex mutex_;
    std::vector<std::pair<std::string, std::unique_ptr<Series>>> series_ HCP_GUARDED_BY(mutex_);
};

// All families, in the order in which they were made. They are made by one thread, before anything is counted.
class Exposition {
public:
    [[nodiscard]] Family& counters(std::string name, std::string help) {
        return family(std::move(name), std::move(help), "counter");
    }
    [[nodiscard]] Family& gauges(std::string name, std::string help) {
        return family(std::move(name), std::move(help), "gauge");
    }
    [[nodiscard]] Family& histograms(std::string name, std::string help) {
        return family(std::move(name), std::move(help), "histogram");
    }
    [[nodiscard]] std::string text() const;

private:
    Family& family(std::string name, std::string help, std::string_view type) {
        return *families_.emplace_back(std::make_unique<Family>(std::move(name), std::move(help), type));
    }
    std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace hcp::metrics
