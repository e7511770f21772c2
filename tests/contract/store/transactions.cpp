#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <stdexcept>

namespace hcp::contract {
namespace {

bool has(Store& store, const SubjectRow& subject) {
    return reading(store,
                   [&](Snapshot& rows) {
                       return rows.subjects().by_lookup(std::span{&subject.lookup, 1});
                   })[0]
        .has_value();
}

void an_error_rolls_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    const auto done = store->write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(std::span{&subject, 1}));
        return make_error_code(store_errc::refused);
    });
    CHECK(done.error() == store_errc::refused);
    CHECK_FALSE(has(*store, subject));
    must(put(*store, subject));
    CHECK(has(*store, subject));
}

void an_exception_rolls_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    const auto done = store->write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(std::span{&subject, 1}));
        throw std::runtime_error{"work failed"};
    });
    CHECK(done.error() == store_errc::unavailable);
    CHECK_FALSE(has(*store, subject));
    must(put(*store, subject));
}

void a_failed_operation_fails_the_whole(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto taken = make.subject();
    must(put(*store, taken));
    const auto fresh = make.subject();
    const auto done = store->write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(std::span{&fresh, 1}));
        CHECK(rows.subjects().insert(std::span{&taken, 1}).error() == store_errc::conflict);
        return {};  // the work overlooks it
    });
    CHECK(done.error() == store_errc::conflict);
    CHECK_FALSE(has(*store, fresh));
}

void a_reader_keeps_its_snapshot(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto before = make.subject(), after = make.subject();
    must(put(*store, before));
    must(store->read([&](Snapshot& rows) -> result<void> {
        HCP_TRY(const auto first, rows.subjects().by_lookup(std::span{&before.lookup, 1}));
        CHECK(first[0]);
        must(put(*store, after));
        HCP_TRY(const auto second, rows.subjects().by_lookup(std::span{&after.lookup, 1}));
        CHECK_FALSE(second[0]);
        return {};
    }));
    CHECK(has(*store, after));
}

void a_writer_sees_its_own(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    must(store->write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(std::span{&subject, 1}));
        HCP_TRY(const auto found, rows.subjects().by_lookup(std::span{&subject.lookup, 1}));
        CHECK(found[0]);
        return {};
    }));
}

}  // namespace

void add_transactions(std::vector<Clause>& all) {
    all.push_back({"work that answers an error leaves nothing behind", an_error_rolls_back});
    all.push_back({"work that throws leaves nothing behind, and nothing is thrown on", an_exception_rolls_back});
    all.push_back({"an operation that failed fails its transaction", a_failed_operation_fails_the_whole});
    all.push_back({"a reader keeps its snapshot while others write", a_reader_keeps_its_snapshot});
    all.push_back({"a transaction sees what it wrote", a_writer_sees_its_own});
}

}  // namespace hcp::contract
