#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void ratings_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    auto rating = make.rating(o.evaluation);
    rating.incomplete = true;
    rating.real_name = false;
    RatingRow empty;
    empty.id = make.id<RatingId>();
    empty.evaluation_id = make.open(*store).evaluation.id;
    must(put(*store, rating, empty));
    const auto page = [&](RatingId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.ratings().after(after, limit); });
    };
    const auto first = page(RatingId{}, 1), rest = page(rating.id, 10);
    REQUIRE(first.size() == 1);
    CHECK(same(first[0], rating));
    REQUIRE(rest.size() == 1);
    CHECK(same(rest[0], empty));
}

void revisions_are_unique(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto rating = make.rating(make.open(*store).evaluation);
    must(put(*store, rating));
    check_taken(*store, with(rating, [&](auto& r) { r.id = make.id<RatingId>(); }));
    must(put(*store, with(rating, [&](auto& r) { r.id = make.id<RatingId>(), r.revision = 2; })));
}

void consents_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto rating = make.rating(make.open(*store).evaluation), other = make.rating(make.open(*store).evaluation);
    const auto consent = make.consent(rating);
    const RatingConsentRow bare{other.id, true, false, {}, {}};
    must(put(*store, rating, other, consent, bare));
    const std::vector ids{other.id, make.id<RatingId>()};
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.ratings().consents_of(ids); });
    REQUIRE(found.size() == 1);
    CHECK(same(found[0], bare));
    const auto all = reading(*store, [&](Snapshot& rows) { return rows.ratings().consents_after(RatingId{}, 10); });
    REQUIRE(all.size() == 2);
    CHECK(same(all[0], consent));
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.ratings().consents_after(rating.id, 10); }).size() == 1);
    check_taken(*store, consent);
}

void channels_are_known(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto rate = [&](Channel channel, Instant at, Origin origin = Origin::authored, bool secret = false) {
        auto rating = make.rating(make.open(*store,
                                            [&](CaseRow& c) {
                                                if (secret) c.reported_secrecy = Secrecy::until_opening();
                                            })
                                      .evaluation);
        rating.channel = channel;
        rating.received_at = at;
        rating.origin = origin;
        must(put(*store, rating));
    };
    rate(Channel::mobile, monday);
    rate(Channel::mobile, monday + 1h);
    rate(Channel::host, monday + 2h);
    rate(Channel::portal, monday + 3h);
    rate(Channel::system, monday + 1h, Origin::by_default);
    rate(Channel::qr, monday + 1h, Origin::authored, true);
    const auto channels = [&](Instant from, Instant to) {
        return reading(*store, [&](Snapshot& rows) { return rows.ratings().channels(from, to); });
    };
    CHECK(channels(monday, monday + 3h) == std::vector{Channel::mobile, Channel::host});
    CHECK(channels(monday + 3h, monday + 4h) == std::vector{Channel::portal});
    CHECK(channels(monday + 4h, monday + 5h).empty());
}

}  // namespace

void add_ratings(std::vector<Clause>& all) {
    all.push_back({"ratings come back by id", ratings_come_back});
    all.push_back({"a revision of a rating is made once", revisions_are_unique});
    all.push_back({"what a rater agreed to comes back by rating, once for each (E7)", consents_come_back});
    all.push_back({"by which channels somebody has rated is known, but not of what is secret", channels_are_known});
}

}  // namespace hcp::contract
