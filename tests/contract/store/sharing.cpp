#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

// Several instances on one database. Checks stay on the first thread: Catch2 is not thread safe.
namespace hcp::contract {
namespace {

void a_move_happens_once(Database& database) {
    const auto one = database.open(), two = database.open();
    Samples make;
    std::vector<EvaluationRow> all;
    for (int i = 0; i < 60; ++i) all.push_back(make.open(*one).evaluation);
    std::atomic<int> moved = 0, failed = 0;
    const auto run = [&](Store& store) {
        for (const auto& e : all) {
            const EvaluationStep m{e.id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
            const auto done = store.write([&](Transaction& rows) -> result<void> {
                HCP_TRY(const auto ok, rows.evaluations().move(std::span{&m, 1}));
                if (ok[0]) ++moved;
                return {};
            });
            if (!done) ++failed;
        }
    };
    std::thread other{[&] { run(*two); }};
    run(*one);
    other.join();
    CHECK(failed == 0);
    CHECK(moved == 60);
}

void claims_never_overlap(Database& database) {
    const auto one = database.open(), two = database.open();
    Samples make;
    for (int i = 0; i < 200; ++i) must(put(*one, make.delivery(make.open(*one).evaluation)));
    std::mutex mutex;
    std::multiset<std::int64_t> claimed;
    std::atomic<int> failed = 0;
    const auto run = [&](Store& store, std::int32_t owner) {
        for (bool more = true; more;) {
            std::vector<DeliveryWork> works;
            const auto done = store.write([&](Transaction& rows) -> result<void> {
                HCP_TRY(works, rows.deliveries().claim({owner, monday, monday + 60s, 7}));
                return {};
            });
            if (!done) ++failed;
            more = !works.empty();
            const std::lock_guard lock{mutex};
            for (const auto& w : works) claimed.insert(w.delivery.id.value());
        }
    };
    std::vector<std::thread> threads;
    for (const std::int32_t owner : {1, 2, 3, 4})
        threads.emplace_back([&, owner] { run(owner % 2 == 0 ? *one : *two, owner); });
    for (auto& t : threads) t.join();
    CHECK(failed == 0);
    CHECK(claimed.size() == 200);
    CHECK(std::set<std::int64_t>(claimed.begin(), claimed.end()).size() == 200);
}

void readers_and_a_writer_together(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    std::atomic<bool> stop = false;
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&] {
            while (!stop)
                if (!store->read([&](Snapshot& rows) -> result<void> {
                        HCP_TRY(const auto view, rows.evaluations().by_token(o.evaluation.token_digest));
                        if (!view) return make_error_code(store_errc::corrupt);
                        return {};
                    }))
                    ++failed;
        });
    bool written = true;
    for (int i = 0; i < 100; ++i) written = put(*store, make.subject()).has_value() && written;
    stop = true;
    for (auto& t : threads) t.join();
    CHECK(written);
    CHECK(failed == 0);
}

}  // namespace

void add_sharing(std::vector<Clause>& all) {
    all.push_back({"of two instances one moves an evaluation", a_move_happens_once});
    all.push_back({"claims of several instances and threads never overlap (E23)", claims_never_overlap});
    all.push_back({"readers and a writer do not hinder each other", readers_and_a_writer_together});
}

}  // namespace hcp::contract
