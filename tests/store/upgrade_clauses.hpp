#pragma once
#include "adapters/store/sql_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hcp::store::test {

// A database that has no step yet, and whoever administers it.
class BareDatabase {
public:
    virtual ~BareDatabase() = default;
    // Answers the first column. What is no query may be several statements, each ending in ";\n".
    virtual std::vector<std::string> run(const std::string& sql) = 0;
    // A script for this backend, as its DBA runs it.
    virtual void apply(const std::string& script) { run(script); }

    StoreOptions options;        // who may change the schema
    StoreOptions plain_options;  // who may only select, insert, update and delete, where there is such a user
};

// What holds of a schema's steps on every backend; each makes bare databases for it.
using MakeBare = std::function<std::unique_ptr<BareDatabase>()>;
// From each step, or, where making a table takes long, from those alone after which one that has rows is changed.
enum class From { each, before_changes };
void upgrades(const MakeBare&, From);
void several_take_each_step_once(const MakeBare&);
void goes_on_where_another_died(const MakeBare&);
void refuses_what_only_bears_the_name(const MakeBare&);
void is_made_by_script(const MakeBare&);
void lives_beside_a_newer_software(const MakeBare&);
// ... and of what a store tells when its database fails.
void tells_what_its_database_said(const MakeBare&);

}  // namespace hcp::store::test
