#include "plugin/domain/bytes.hpp"
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/secrecy.hpp"
#include "tests/structure/ddl.hpp"
#include "tests/structure/parity.hpp"
#include "tests/structure/sources.hpp"

#include <openssl/evp.h>
#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <set>
#include <sstream>

using namespace hcp::test;
using ddl::Migration;

namespace {

using Findings = std::vector<std::string>;

// Every index that SQLite keeps small by a condition, and what it is without one. MySQL and Oracle find bad reviews by
// their level alone: the evaluation is read from the row, of which there are few.
// A migration, frozen once it is released, is the one text of SQL with numbers in it: they are these.
static_assert(static_cast<int>(hcp::domain::EvaluationState::open) == 1 &&
              static_cast<int>(hcp::domain::DeliveryState::delivered) == 3 &&
              hcp::domain::Secrecy::until_opening().flag() && !hcp::domain::is_bad(hcp::domain::Level{3}) &&
              hcp::domain::is_bad(hcp::domain::Level{2}));
constexpr ddl::PartialIndex partial_indexes[] = {
    {"cases_secret", "project_no", "secret = 1 and secrecy_lifted_at_us is null",
     "secret , secrecy_lifted_at_us , project_no"},
    {"cases_unattributed", "secret , secrecy_lifted_at_us , withdrawn", "unattributed = 1",
     "unattributed , withdrawn , secret , secrecy_lifted_at_us"},
    {"cases_unclassified", "item_code , secret , secrecy_lifted_at_us , withdrawn", "unclassified = 1",
     "unclassified , item_code , withdrawn , secret , secrecy_lifted_at_us"},
    {"evaluations_open", "provisional , deadline_us", "state = 1", "state , provisional , deadline_us"},
    {"evaluations_provisional", "subject_id , deadline_us", "state = 1 and provisional = 1",
     "subject_id , state , provisional , deadline_us , id"},
    {"evaluations_unanswered", "subject_id , deadline_us", "state in ( 1 , 3 )",
     "subject_id , state , deadline_us , id"},
    {"evaluations_embargoed", "state", "embargoed = 1", "embargoed , state"},
    {"ratings_bad", "evaluation_id", "level_code <= 2", "level_code"},
    {"deliveries_undelivered", "state , waits_for , next_at_us", "state <> 3", "state , waits_for , next_at_us"},
};

Findings differences(const Migration& migration) {
    return ddl::differences(migration, partial_indexes);
}

std::set<std::string> files_of(const std::string& dialect) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{root / "sql" / dialect})
        names.insert(entry.path().filename().string());
    names.erase("CHECKSUMS");
    return names;
}

Migration migration_in(const std::string& file) {
    const auto text = [&](const char* dialect) { return text_in(root / "sql" / dialect / file); };
    return {file, text("sqlite"), text("mysql"), text("oracle")};
}

constexpr std::string Migration::*dialects[] = {&Migration::sqlite, &Migration::mysql, &Migration::oracle};

// Line by line, without comments.
std::vector<std::string> statement_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        line.erase(std::min(line.find("--"), line.size()));
        if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(line);
    }
    return lines;
}
std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

const Migration sample{"V0001__things.sql",
                       R"(-- What there is.
create table if not exists things (
  id integer not null primary key,
  digest blob not null check (length(digest) = 32),
  name text check (length(name) <= 64),  -- as reported
  state integer not null check (state between 1 and 3),
  hidden integer default 0 not null check (hidden in (0, 1)),
  seen_at_us integer,
  owner_id integer,
  constraint things_digest unique (digest),
  constraint things_owner_fk foreign key (owner_id) references owners (id)
))",
                       R"(create table if not exists things (
  id bigint not null,
  digest binary(32) not null,
  name varchar(64),
  state smallint not null check (state between 1 and 3),
  hidden smallint default 0 not null check (hidden in (0, 1)),
  seen_at_us bigint,
  owner_id bigint,
  constraint things_pk primary key (id),
  constraint things_digest unique (digest),
  constraint things_owner_fk foreign key (owner_id) references owners (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin)",
                       R"(create table things (
  id number(19) not null,
  digest raw(32) not null,
  name nvarchar2(128),
  state number(5) not null check (state between 1 and 3),
  hidden number(5) default 0 not null check (hidden in (0, 1)),
  seen_at_us number(19),
  owner_id number(19),
  constraint things_pk primary key (id),
  constraint things_digest unique (digest),
  constraint things_owner_fk foreign key (owner_id) references owners (id)
))"};

Migration with(Migration migration, std::string Migration::*dialect, std::string_view from, std::string_view to) {
    auto& text = migration.*dialect;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return migration;
}

std::string sha256_hex(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    REQUIRE(EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
    return hcp::domain::hex_text({digest.data(), size});
}

}  // namespace

SCENARIO("the three migration lists agree", "[structure]") {
    const auto sqlite = files_of("sqlite");
    CHECK(!sqlite.empty());
    CHECK(sqlite == files_of("mysql"));
    CHECK(sqlite == files_of("oracle"));
    static const std::regex name{R"(V\d{4}__[a-z0-9_]+\.sql)"};
    int expected = 1;
    for (const auto& file : sqlite) {
        CHECK(std::regex_match(file, name));
        CHECK(std::stoi(file.substr(1, 4)) == expected++);
    }
}

SCENARIO("a migration makes the same thing in every dialect", "[structure]") {
    for (const auto& file : files_of("sqlite")) CHECK(differences(migration_in(file)) == Findings{});
}

SCENARIO("every partial index that is listed exists", "[structure]") {
    std::set<std::string> listed, there;
    for (const auto& index : partial_indexes) listed.emplace(index.name);
    for (const auto& file : files_of("sqlite")) {
        const auto step = ddl::parse(migration_in(file).sqlite);
        if (!step.where.empty()) there.insert(step.name);
    }
    CHECK(listed == there);
}

SCENARIO("a migration that differs is named by file and column", "[structure]") {
    REQUIRE(differences(sample) == Findings{});
    const auto only = [](std::string Migration::*dialect, std::string_view from, std::string_view to) {
        const auto found = differences(with(sample, dialect, from, to));
        REQUIRE(found.size() == 1);
        return found.front();
    };
    const auto sqlite = &Migration::sqlite, mysql = &Migration::mysql, oracle = &Migration::oracle;

    CHECK(only(mysql, "varchar(64)", "varchar(63)") ==
          "V0001__things.sql: things.name: type: sqlite text(64), mysql varchar(63), oracle nvarchar2(128)");
    CHECK(only(sqlite, "<= 64", "<= 63") ==
          "V0001__things.sql: things.name: type: sqlite text(63), mysql varchar(64), oracle nvarchar2(128)");
    CHECK(only(oracle, "raw(32)", "blob") ==
          "V0001__things.sql: things.digest: type: sqlite blob(32), mysql binary(32), oracle blob");
    CHECK(only(oracle, "seen_at_us number(19)", "seen_at_us number(10)") ==
          "V0001__things.sql: things.seen_at_us: type of an instant: sqlite integer, mysql bigint, oracle number(10)");
    CHECK(only(mysql, "hidden smallint", "hidden int") ==
          "V0001__things.sql: things.hidden: type of yes and no: sqlite integer, mysql int, oracle number(5)");
    CHECK(only(mysql, "name varchar(64)", "name varchar(64) not null") ==
          "V0001__things.sql: things.name: null: sqlite null, mysql not null, oracle null");
    CHECK(only(oracle, "between 1 and 3", "between 1 and 4") ==
          "V0001__things.sql: things.state: check: sqlite state between 1 and 3, mysql state between 1 and 3, oracle "
          "state between 1 and 4");
    CHECK(only(sqlite, "default 0", "default 1") ==
          "V0001__things.sql: things.hidden: default: sqlite 1, mysql 0, oracle 0");
    CHECK(only(oracle, "  owner_id number(19),\n", "") ==
          "V0001__things.sql: things.owner_id: column 7: sqlite owner_id, mysql owner_id, oracle nothing");
    CHECK(only(mysql, "  constraint things_pk primary key (id),\n", "") ==
          "V0001__things.sql: things: constraint things_pk: sqlite primary key ( id ), mysql nothing, oracle primary "
          "key ( id )");
    CHECK(only(sqlite, "unique (digest)", "unique (digest, name)") ==
          "V0001__things.sql: things: constraint things_digest: sqlite unique ( digest , name ), mysql unique ( digest "
          "), oracle unique ( digest )");
    CHECK(only(mysql, "references owners (id)", "references people (id)") ==
          "V0001__things.sql: things: constraint things_owner_fk: sqlite foreign key ( owner_id ) references owners ( "
          "id ), mysql foreign key ( owner_id ) references people ( id ), oracle foreign key ( owner_id ) references "
          "owners ( id )");
    CHECK(only(mysql, "utf8mb4_bin", "utf8mb4_general_ci").starts_with("V0001__things.sql: things: options: "));
    CHECK(only(sqlite, "if not exists ", "").starts_with("V0001__things.sql: things: repeating: "));
    CHECK(only(oracle, "state number(5)", "state number(5) invisible") ==
          "V0001__things.sql: oracle: not understood: invisible not null check ( state");
}

SCENARIO("columns in another order differ", "[structure]") {
    const auto found = differences(with(with(sample, &Migration::oracle, "seen_at_us", "x"), &Migration::oracle,
                                        "owner_id number(19),\n", "seen_at_us number(19),\n"));
    REQUIRE(found.size() == 1);
    CHECK(found[0] == "V0001__things.sql: things.seen_at_us: column 6: sqlite seen_at_us, mysql seen_at_us, oracle x");
}

SCENARIO("an index agrees in its table and columns, and a condition is listed", "[structure]") {
    const Migration plain{"V0002__x.sql", "create index if not exists x on things (name, state)",
                          "create index x on things (name, state)", "create index x on things (name, state)"};
    CHECK(differences(plain) == Findings{});
    CHECK(differences(with(plain, &Migration::mysql, "name, state", "state, name")).size() == 1);
    CHECK(differences(with(plain, &Migration::oracle, "on things", "on others")).size() == 1);
    CHECK(differences(with(plain, &Migration::oracle, "index", "unique index")).size() == 1);
    CHECK(differences(with(plain, &Migration::sqlite, "state)", "state) where state = 1")) ==
          Findings{"V0002__x.sql: x: condition that is not listed: sqlite state = 1, mysql nothing, oracle nothing"});
    THEN("SQLite need not spell out the id, in which its indexes end anyway") {
        const auto other =
            with(with(plain, &Migration::mysql, "state)", "state, id)"), &Migration::oracle, "state)", "state, id)");
        CHECK(differences(other) == Findings{});
        CHECK(differences(with(other, &Migration::oracle, ", id)", ")")).size() == 1);
    }
}

SCENARIO("columns that are added later agree too", "[structure]") {
    const Migration later{"V0003__things_note.sql", "alter table things add column note text check (length(note) <= 9)",
                          "alter table things add column note varchar(9)",
                          "alter table things add (note nvarchar2(18))"};
    CHECK(differences(later) == Findings{});
    CHECK(
        differences(with(later, &Migration::oracle, "nvarchar2(18)", "nvarchar2(16)")) ==
        Findings{"V0003__things_note.sql: things.note: type: sqlite text(9), mysql varchar(9), oracle nvarchar2(16)"});
}

SCENARIO("no line and no number of a migration can change in one dialect alone", "[structure]") {
    static const std::regex number{R"(\b\d+\b)"};
    for (const auto& file : files_of("sqlite"))
        for (const auto dialect : dialects) {
            const auto whole = migration_in(file);
            const auto lines = statement_lines(whole.*dialect);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                INFO(file << ": " << lines[i]);
                auto altered = whole;
                auto fewer = lines;
                fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
                altered.*dialect = joined(fewer);
                CHECK(differences(altered) != Findings{});
                for (auto it = std::sregex_iterator{lines[i].begin(), lines[i].end(), number};
                     it != std::sregex_iterator{}; ++it) {
                    auto more = lines;
                    more[i].insert(static_cast<std::size_t>(it->position()), "9");
                    altered.*dialect = joined(more);
                    CHECK(differences(altered) != Findings{});
                }
            }
        }
}

SCENARIO("a migration that was released never changes", "[structure]") {
    INFO(
        "A new migration, or one that no release has had yet: (cd sql/DIALECT && sha256sum V*.sql > CHECKSUMS). "
        "A released one is not edited, since databases that took it refuse to start: write another step.");
    for (const std::string dialect : {"sqlite", "mysql", "oracle"}) {
        const auto folder = "sql/" + dialect;
        std::map<std::string, std::string> recorded;
        std::ifstream in{root / folder / "CHECKSUMS"};
        for (std::string checksum, file; in >> checksum >> file;) recorded[file] = checksum;
        for (const auto& file : files_of(dialect)) {
            INFO(folder << "/" << file);
            CHECK(recorded[file] == sha256_hex(text_in(root / folder / file)));
        }
        for (const auto& [file, checksum] : recorded) {
            INFO(folder << "/CHECKSUMS has a line for " << file);
            CHECK(files_of(dialect).contains(file));
        }
    }
}
