#include "tests/store/upgrade_clauses.hpp"

#include "adapters/store/check_database.hpp"
#include "adapters/store/migrations.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace hcp::store::test {

using contract::must;

namespace {

// Numbers, texts and byte strings that every column and check takes; a row refers to the row of the same number.
std::string row_of(const SchemaObject& table) {
    std::vector<std::string> values;
    for (const auto& column : table.columns) {
        const auto& type = column.type;
        if (type.find("int") != std::string::npos || type.starts_with("number"))
            values.emplace_back("1");
        else if (type.find("blob") != std::string::npos || type.starts_with("binary") || type.starts_with("raw"))
            values.push_back("x'" + std::string(64, 'a') + "'");
        else
            values.emplace_back("'x'");
    }
    return "insert into " + table.name + " values (" + domain::joined(values, ", ") + ")";
}

void take(const StoreOptions& options, std::int32_t up_to) {
    const auto& dialect = dialect_of(options.backend);
    const auto session = dialect.open(options, Access::write, true);
    take_steps(dialect, *session, contract::monday, nullptr, Steps::expand, up_to);
}

const MigrationFile& step_named(const StoreOptions& options, std::string_view end) {
    const auto files = dialect_of(options.backend).migrations();
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.name.ends_with(end); });
    REQUIRE(found != files.end());
    return *found;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

void upgrades(const MakeBare& make, From from) {
    const auto files = dialect_of(make()->options.backend).migrations();
    for (const auto& last : files) {
        const auto next = static_cast<std::size_t>(last.number);
        const bool makes_a_table = next < files.size() && made_by(files[next].text).kind == SchemaObject::Kind::table;
        if (from == From::before_changes && makes_a_table) continue;
        INFO("up to " << last.name);
        const auto bare = make();
        take(bare->options, last.number);
        std::vector<std::string> tables;
        for (const auto& file : files.first(next)) {
            const auto made = made_by(file.text);
            if (made.kind != SchemaObject::Kind::table || made.name == "schema_history") continue;
            tables.push_back(made.name);
            bare->run(row_of(made));
        }
        CHECK(must(migrate(bare->options, contract::monday)) == files.size() - next);
        const auto store = must(open_store(bare->options));
        CHECK(
            store->lease_instance("upgraded", contract::monday, contract::monday + std::chrono::hours{1}).has_value());
        for (const auto& table : tables)
            if (table != "instances")
                CHECK(bare->run("select count(*) from " + table) == std::vector<std::string>{"1"});
    }
}

void several_take_each_step_once(const MakeBare& make) {
    for (int round = 0; round < 3; ++round) {
        const auto bare = make();
        constexpr std::size_t several = 8;
        std::vector<std::string> reasons(several);
        std::vector<result<std::size_t>> taken(several, result<std::size_t>{std::size_t{0}});
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < several; ++i)
            threads.emplace_back([&, i] { taken[i] = migrate(bare->options, contract::monday, &reasons[i]); });
        for (auto& thread : threads) thread.join();
        std::size_t all = 0;
        for (std::size_t i = 0; i < several; ++i) {
            INFO(reasons[i]);
            CHECK(taken[i]);
            if (taken[i]) all += *taken[i];
        }
        const auto steps = dialect_of(bare->options.backend).migrations().size();
        CHECK(all == steps);
        CHECK(bare->run("select count(*) from schema_history") == std::vector{std::to_string(steps)});
        CHECK(open_store(bare->options));
    }
}

void goes_on_where_another_died(const MakeBare& make) {
    const auto bare = make();
    must(migrate(bare->options, contract::monday));
    const auto steps = dialect_of(bare->options.backend).migrations().size();
    bare->run("delete from schema_history where step > 20");
    std::string why;
    const auto taken = migrate(bare->options, contract::monday, &why);
    INFO(why);
    CHECK(must(taken) == steps - 20);
    CHECK(must(migrate(bare->options, contract::monday)) == 0);
    CHECK(open_store(bare->options));
}

void refuses_what_only_bears_the_name(const MakeBare& make) {
    const auto refused = [&](std::string_view name, const std::string& instead, std::string_view theirs) {
        const auto bare = make();
        const auto& file = step_named(bare->options, name);
        take(bare->options, file.number - 1);
        bare->run(instead);
        std::string why;
        CHECK(migrate(bare->options, contract::monday, &why).error() == ports::store_errc::corrupt);
        INFO(why);
        CHECK(has(why, file.name));
        CHECK(has(why, theirs));
        CHECK(has(why, text_of(made_by(file.text))));
        const auto steps = must(migration_status(bare->options));
        CHECK(std::count_if(steps.begin(), steps.end(), [](const Step& step) { return step.applied_at.has_value(); }) ==
              file.number - 1);
    };
    refused("__instances", "create table instances (a int not null, b int)", "instances (a ");
    refused("__cases_secret", "create index cases_secret on cases (withdrawn)",
            "index cases_secret on cases (withdrawn)");
    refused("__cases_secret", "create unique index cases_secret on cases (secret, secrecy_lifted_at_us, project_no)",
            "unique index cases_secret on cases (secret");
}

void tells_what_its_database_said(const MakeBare& make) {
    const auto bare = make();
    must(migrate(bare->options, contract::monday));
    const auto store = must(open_store(bare->options));
    const auto leased = [&] {
        return store->lease_instance("one", contract::monday, contract::monday + std::chrono::hours{1});
    };
    REQUIRE(leased().has_value());
    CHECK(store->complaint().empty());
    bare->run("alter table instances rename to others");
    const auto failed = leased();
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error() == ports::store_errc::corrupt);
    CHECK(has(store->complaint(), "instances"));
    CHECK(ports::told(failed.error(), *store) == failed.error().message() + "（" + store->complaint() + "）");
    CHECK(ports::told(ports::store_errc::refused, *store) == make_error_code(ports::store_errc::refused).message());
    bare->run("alter table others rename to instances");
    CHECK(leased().has_value());
}

void is_made_by_script(const MakeBare& make) {
    const auto bare = make();
    const auto files = dialect_of(bare->options.backend).migrations();
    // An older database: what it has is not in the script.
    take(bare->options, 5);
    std::string why;
    CHECK(open_store(bare->plain_options, &why).error() == ports::store_errc::corrupt);
    CHECK(has(why, std::string{files[5].name} + " 至 " + std::string{files.back().name}));
    CHECK(has(why, "hcpctl db migrate --print"));

    const auto script = must(migration_script(bare->plain_options, contract::monday, &why));
    CHECK_FALSE(has(script, files[4].name));
    for (const auto& file : files.subspan(5)) {
        CHECK(has(script, domain::trimmed(file.text)));
        CHECK(has(script, "'" + std::string{file.name} + "', '" + sha256_hex(file.text) + "', " +
                              std::to_string(domain::to_us(contract::monday))));
    }
    const auto steps = must(migration_status(bare->plain_options));
    CHECK(std::count_if(steps.begin(), steps.end(), [](const Step& step) { return step.applied_at.has_value(); }) == 5);

    bare->apply(script);
    CHECK(must(migration_script(bare->plain_options, contract::monday)).empty());
    CHECK(must(migrate(bare->plain_options, contract::monday)) == 0);
    const auto store = must(open_store(bare->plain_options, &why));
    CHECK(store->lease_instance("plain", contract::monday, contract::monday + std::chrono::hours{1}).has_value());
}

void lives_beside_a_newer_software(const MakeBare& make) {
    using ports::store_errc;
    const auto bare = make();
    must(migrate(bare->options, contract::monday));
    const auto ours = dialect_of(bare->options.backend).migrations().size();
    const auto noted = [&](const char* number, const char* name) {
        bare->run("insert into schema_history (step, name, checksum, applied_at_us) values (" + std::string{number} +
                  ", '" + name + "', 'x', 1)");
    };
    const auto leases = [](ports::Store& store, const char* token) {
        return store.lease_instance(token, contract::monday, contract::monday + std::chrono::hours{1}).has_value();
    };
    const auto remarks = [&](Remark::Kind kind, std::string_view about) {
        std::string all;
        for (const auto& one : check_database(bare->options, contract::monday, std::chrono::hours{1'000'000}))
            if (one.kind == kind && one.about == about) all += one.text;
        return all;
    };
    std::string why, warned;
    auto plain = bare->plain_options;
    plain.warn = [&](const std::string& text) { warned += text; };
    const auto before = must(open_store(plain));
    CHECK_FALSE(has(warned, "更新版本"));

    bare->run("create table later (id int not null)");
    bare->run("alter table instances add column later varchar(9)");
    bare->run("create index instances_later on instances (later)");
    for (const auto& [number, name] : {std::pair{"9001", "V9001__later"},
                                       {"9002", "V9002__instances_later"},
                                       {"9003", "V9003__instances_later_index"}})
        noted(number, name);
    CHECK(leases(*before, "before"));
    const auto after = must(open_store(plain, &why));
    CHECK(leases(*after, "after"));
    CHECK(has(warned, "更新版本"));
    CHECK(has(warned, "V9001__later 至 V9003__instances_later_index"));
    CHECK(must(migrate(bare->options, contract::monday)) == 0);
    CHECK(must(migrate(bare->options, contract::monday, nullptr, Steps::all)) == 0);
    CHECK(must(migration_script(plain, contract::monday)).empty());
    const auto steps = must(migration_status(plain));
    CHECK(steps.size() == ours + 3);
    CHECK(std::ranges::count_if(steps, &Step::newer) == 3);
    CHECK(steps.back().name == "V9003__instances_later_index");
    CHECK(has(remarks(Remark::Kind::warning, "版本"), "V9001__later"));
    CHECK(remarks(Remark::Kind::fault, "结构").empty());

    THEN("one of our steps that was made and not noted is still known as ours") {
        bare->run("delete from schema_history where step > 1 and step < 9000");
        CHECK(must(migrate(bare->options, contract::monday, &why)) == ours - 1);
        CHECK(open_store(plain));
    }
    const auto refused = [&](std::initializer_list<std::string_view> parts) {
        CHECK(open_store(plain, &why).error() == store_errc::corrupt);
        for (const auto part : parts) CHECK(has(why, part));
        CHECK(migrate(bare->options, contract::monday, &why).error() == store_errc::corrupt);
        for (const auto part : parts) CHECK(has(why, part));
        for (const auto part : parts) CHECK(has(remarks(Remark::Kind::fault, "结构"), part));
    };
    THEN("a step that takes away is refused, saying which and what to do") {
        noted("9004", "V9004__contract_drop_x");
        refused({"V9004__contract_drop_x", "收缩", "备份"});
    }
    THEN("a step of another lineage is refused") {
        noted("0", "V0000__other");
        refused({"V0000__other", "另一分支"});
    }
}

}  // namespace hcp::store::test
