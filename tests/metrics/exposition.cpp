#include "adapters/metrics/exposition.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <thread>

using namespace hcp::metrics;

SCENARIO("a family is told of by its help and its type, and an empty one not at all", "[metrics]") {
    Exposition exposition;
    exposition.counters("seen_total", "What was seen").add<Counter>({}).add(3);
    exposition.gauges("depth", "How deep").add<Gauge>({}).set(-2);
    (void)exposition.counters("never_total", "Nothing counts here");
    CHECK(exposition.text() ==
          "# HELP seen_total What was seen\n# TYPE seen_total counter\nseen_total 3\n"
          "# HELP depth How deep\n# TYPE depth gauge\ndepth -2\n");
}

SCENARIO("labels stand in the order of their names, whatever order they came in", "[metrics]") {
    Exposition exposition;
    auto& family = exposition.counters("events_total", "Events");
    family.add<Counter>({{"kind", "visit"}, {"answer", "ok"}}).add();
    family.add<Counter>({{"answer", "full"}, {"kind", "visit"}}).add(2);
    CHECK(exposition.text() ==
          "# HELP events_total Events\n# TYPE events_total counter\n"
          "events_total{answer=\"ok\",kind=\"visit\"} 1\nevents_total{answer=\"full\",kind=\"visit\"} 2\n");
}

SCENARIO("no help and no value of a label breaks out of its line", "[metrics]") {
    Exposition exposition;
    exposition.gauges("g", "a \\ b\n\"c\"").add<Gauge>({{"route", "/a\"} 9\n\\x"}}).set(1);
    CHECK(exposition.text() ==
          "# HELP g a \\\\ b\\n\"c\"\n# TYPE g gauge\n"
          "g{route=\"/a\\\"} 9\\n\\\\x\"} 1\n");
}

SCENARIO("the buckets of a histogram add up, the last of them to the count", "[metrics]") {
    static constexpr std::array bounds{0.0001, 0.25, 2.5, 30.0};
    Exposition exposition;
    auto& family = exposition.histograms("took_seconds", "How long it took");
    auto& bare = family.add<Histogram>({}, bounds);
    for (const double value : {0.0001, 0.0002, 0.25, 2.0, 31.0, 1000.0}) bare.observe(value);
    family.add<Histogram>({{"kind", "visit"}}, bounds);
    CHECK(exposition.text() ==
          "# HELP took_seconds How long it took\n# TYPE took_seconds histogram\n"
          "took_seconds_bucket{le=\"0.0001\"} 1\n"  // a bound belongs to its bucket
          "took_seconds_bucket{le=\"0.25\"} 3\n"
          "took_seconds_bucket{le=\"2.5\"} 4\n"
          "took_seconds_bucket{le=\"30\"} 4\n"
          "took_seconds_bucket{le=\"+Inf\"} 6\n"
          "took_seconds_sum 1033.2503\n"
          "took_seconds_count 6\n"
          "took_seconds_bucket{kind=\"visit\",le=\"0.0001\"} 0\n"
          "took_seconds_bucket{kind=\"visit\",le=\"0.25\"} 0\n"
          "took_seconds_bucket{kind=\"visit\",le=\"2.5\"} 0\n"
          "took_seconds_bucket{kind=\"visit\",le=\"30\"} 0\n"
          "took_seconds_bucket{kind=\"visit\",le=\"+Inf\"} 0\n"
          "took_seconds_sum{kind=\"visit\"} 0\n"
          "took_seconds_count{kind=\"visit\"} 0\n");
}

SCENARIO("nothing is lost between threads that count, and a scrape among them", "[metrics]") {
    static constexpr std::array bounds{1.0};
    Exposition exposition;
    auto& counter = exposition.counters("n_total", "n").add<Counter>({});
    auto& histogram = exposition.histograms("h", "h").add<Histogram>({}, bounds);
    std::array<std::thread, 4> threads;
    for (auto& thread : threads)
        thread = std::thread{[&] {
            for (int i = 0; i < 10'000; ++i) {
                counter.add();
                histogram.observe(0.5);
            }
        }};
    for (int i = 0; i < 50; ++i) (void)exposition.text();
    for (auto& thread : threads) thread.join();
    CHECK(exposition.text() ==
          "# HELP n_total n\n# TYPE n_total counter\nn_total 40000\n# HELP h h\n# TYPE h histogram\n"
          "h_bucket{le=\"1\"} 40000\nh_bucket{le=\"+Inf\"} 40000\nh_sum 20000\nh_count 40000\n");
}
