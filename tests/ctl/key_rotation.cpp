#include "adapters/gm/keyring.hpp"
#include "plugin/app/identities/rotate_keys.hpp"
#include "plugin/app/identities/watch_keys.hpp"
#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto never = [] { return false; };

// A store with something of every kind that lies under a master key, and a second master key beside the first.
struct RotatingDesk : WorkingDesk {
    explicit RotatingDesk(int cases = 3) {
        for (int i = 0; i < cases; ++i)
            events.push_back(completion("C" + std::to_string(i), {"91370000AAAAAAAA" + std::to_string(10 + i)}));
        apply({events.begin(), events.end()});
        (void)rate(events[0], Level::satisfied, clock.now(), "窗口等候时间长");
        REQUIRE(view(events[0]).rating);
        Withdrawal early;
        early.key = {"H1", "C-later", "1"};
        early.reason = "登记有误";
        early.withdrawn_at = clock.now();
        Visit visit;
        visit.host_id = "H1";
        visit.visit_no = "V1";
        visit.visited_at = clock.now();
        visit.subject = events[0].subjects[0];
        apply({early, visit});
        write_owner_only(dir.path() / "new.key", std::string(64, '8'));
    }
    void keys_are(const std::string& lines) {
        auto text = text_in(ini());
        const auto from = text.find("master_key_file"), to = text.find("anchor_key_file");
        std::ofstream{ini()} << text.replace(from, to - from, lines);
    }
    // What a host has that starts on the ini's keys.
    std::unique_ptr<compose::KeySet> set_of(const ports::KeySettings& settings) {
        std::string why;
        auto set = compose::KeySet::load(settings, why);
        INFO(why);
        REQUIRE(set);
        return set;
    }
    ports::KeySettings settings(const char* master, std::vector<fs::path> older = {}, const fs::path& carried = {}) {
        return {dir.path() / master,
                std::move(older),
                {},
                carried,
                dir.path() / "anchor.pem",
                ports::Cipher::sm4_ctr_hmac_sm3};
    }
    // How many of the cases show all that their rater has said and who he is.
    int readable(const compose::KeySet& set) {
        const auto own_keys = set.keys();
        app::ShowEvaluation pages{*store, own_keys, *rules, nobody};
        int whole = 0;
        for (const auto& event : events) {
            const auto facts = pages.by_token(token(event), clock.now());
            const auto key = own_keys.vault.unwrap(view(event).subject.wrapped_key);
            if (!facts || !*facts || !key) continue;
            const auto row = view(event).evaluation;
            if (!(*key)->open(row.sealed_subject, ports::View{row.token_digest})) continue;
            if ((*facts)->rating && (*facts)->rating->text != "窗口等候时间长") continue;
            ++whole;
        }
        return whole;
    }

    std::vector<Completion> events;
};

}  // namespace

SCENARIO("after a rotation everything opens with the new master key alone, and nothing needs the old one", "[ctl]") {
    RotatingDesk desk;
    const auto before = desk.ctl({"keys", "status"});
    CHECK(before.code == 0);
    CHECK(has(before.out, "现用"));

    desk.keys_are("master_key_file = new.key\nold_key_files = master.key\n");
    const auto pending = desk.ctl({"keys", "status", "--json"});
    CHECK(pending.code == 1);
    CHECK(pending.json().at("left") == 8);  // 3 subjects, 3 cases, a withdrawal, a visit
    CHECK(pending.json().at("sealed").as_array().size() == 4);

    const auto said = desk.ctl({"keys", "rotate"});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(has(said.err, "已换 8 / 8"));
    CHECK(has(said.out, "仍不由现用主密钥封存的 0 条"));
    CHECK(desk.ctl({"keys", "status", "--json"}).json().at("left") == 0);
    CHECK(has(desk.ctl({"keys", "rotate"}).out, "本次换封 0 条"));

    REQUIRE(desk.ctl({"keys", "carry", (desk.dir.path() / "digests.key").string()}).code == 0);
    CHECK(desk.ctl({"keys", "carry", (desk.dir.path() / "digests.key").string()}).code == 1);
    const auto alone = desk.set_of(desk.settings("new.key", {}, desk.dir.path() / "digests.key"));
    CHECK(desk.readable(*alone) == 3);
    CHECK(compose::fingerprint_of(alone->keys()) == compose::fingerprint_of(desk.keys));
    CHECK(desk.readable(*desk.key_set) == 0);  // that of the old key

    desk.keys_are("master_key_file = new.key\ndigest_key_file = digests.key\n");
    CHECK(desk.ctl({"keys", "status"}).code == 0);
    desk.anchor();
    const auto verified = desk.ctl({"ledger", "verify"});
    INFO(verified.out << verified.err);
    CHECK(verified.code == 0);
}

SCENARIO("a rotation that ends at any point is gone on with, and two at once do no harm", "[ctl]") {
    RotatingDesk desk{30};
    const auto set = desk.set_of(desk.settings("new.key", {desk.dir.path() / "master.key"}));
    const auto keys = set->keys();
    app::RotateKeys rotation{{*desk.store, keys.sealer, keys.vault, set->masters()}, 2};
    int runs = 0;
    std::int64_t done = 0;
    for (bool ended = false; !ended; ++runs) {
        REQUIRE(runs < 100);
        int asked = 0;
        const auto outcome = rotation.run([](auto) {}, [&] { return ++asked > 5 + runs; });
        REQUIRE(outcome.has_value());
        done += outcome->done;
        ended = !outcome->ended_early;
        CHECK(desk.readable(*set) == 30);
    }
    CHECK(runs > 3);
    CHECK(done == 62);
    CHECK(desk.readable(*desk.set_of(desk.settings("new.key"))) == 30);

    // Another one that read before the first wrote replaces nothing.
    RotatingDesk other{4};
    const auto twice = other.set_of(other.settings("new.key", {other.dir.path() / "master.key"}));
    const auto own = twice->keys();
    app::RotateKeys first{{*other.store, own.sealer, own.vault, twice->masters()}, 100}, second = first;
    std::int64_t by_the_second = 0;
    const auto outcome = first.run(
        [&](auto) {
            if (by_the_second != 0) return;
            const auto between = second.run([](auto) {}, never);
            REQUIRE(between.has_value());
            by_the_second = between->done;
        },
        never);
    REQUIRE(outcome.has_value());
    CHECK(outcome->done + by_the_second == 10);
    CHECK(outcome->left(twice->masters()) == 0);
    CHECK(other.readable(*twice) == 4);
}

SCENARIO("what no key of the ring opens is counted and kept, and is an alarm of whoever lacks the key", "[ctl]") {
    RotatingDesk desk;
    desk.keys_are("master_key_file = new.key\n");
    const auto said = desk.ctl({"keys", "rotate"});
    CHECK(said.code == 1);
    CHECK(has(said.out, "仍不由现用主密钥封存的 8 条"));
    CHECK(has(said.out, "读不出"));
    CHECK(has(said.out, "old_key_files"));
    CHECK(desk.readable(*desk.key_set) == 3);

    const auto alone = desk.set_of(desk.settings("new.key"));
    app::watch_keys(*desk.store, alone->masters(), desk.alarms, never);
    CHECK(desk.alarms.standing("keys"));
    app::watch_keys(*desk.store, desk.key_set->masters(), desk.alarms, never);
    CHECK_FALSE(desk.alarms.standing("keys"));
}

SCENARIO("one spoilt row keeps no other from the new key", "[ctl]") {
    RotatingDesk desk;
    const auto subject = desk.view(desk.events[1]).subject;
    auto spoilt = subject.wrapped_key;
    spoilt.back() ^= 1;
    const std::vector<ports::Resealed> change{{subject.lookup, subject.wrapped_key, spoilt}};
    REQUIRE(desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto changed, tx.seals().replace(ports::SealedKind::data_key, change, ports::InHand::left));
        CHECK(changed == 1);
        return {};
    }));
    desk.keys_are("master_key_file = new.key\nold_key_files = master.key\n");
    const auto said = desk.ctl({"keys", "rotate"});
    CHECK(said.code == 1);
    CHECK(has(said.out, "其中 1 条用它所写的主密钥也打不开"));
    CHECK(has(said.out, "本次换封 7 条"));
    CHECK(desk.readable(*desk.set_of(desk.settings("new.key", {desk.dir.path() / "master.key"}))) == 2);
}

SCENARIO("what was set aside of the journal is brought under the new key when an instance starts", "[ctl]") {
    RotatingDesk desk;
    {
        const auto journal = desk.open_journal();
        REQUIRE(journal->append(std::vector<Event>{RotatingDesk::completion("C9")}, desk.clock.now()).has_value());
        const auto read = journal->read(1);
        REQUIRE(read.has_value());
        REQUIRE(journal->set_aside(*read, "试", desk.clock.now()).has_value());
        REQUIRE(journal->forget_through(read->back().at).has_value());
    }
    journal::Options options;
    options.path = desk.dir.path() / "journal.db";
    const auto opens = [&](const compose::KeySet& set) {
        options.masters = &set.masters();
        const auto journal = journal::open(options, set.journal(), desk.log);
        REQUIRE(journal.has_value());
        const auto list = (*journal)->set_asides().list(10);
        REQUIRE(list.has_value());
        REQUIRE(list->size() == 1);
        return list->front().event.has_value();
    };
    const auto alone = desk.set_of(desk.settings("new.key"));
    CHECK_FALSE(opens(*alone));
    CHECK(opens(*desk.set_of(desk.settings("new.key", {desk.dir.path() / "master.key"}))));
    CHECK(opens(*alone));
    CHECK_FALSE(opens(*desk.key_set));
}
