#include "adapters/config/load_settings.hpp"
#include "adapters/config/settings_table.hpp"
#include "tests/config/fixture.hpp"
#include "tests/support/project_root.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("config/haochaping.ini is the template, byte for byte", "[config]") {
    INFO("build/debug/hcpctl config template > config/haochaping.ini");
    CHECK(text_in(project_root() / "config/haochaping.ini") == config::template_text());
}

SCENARIO("the template gives every default, and loads once what is required is filled in", "[config]") {
    const Folder folder;
    auto text = config::template_text();
    const auto own = config::read_ini("complete", complete);
    for (const auto& entry : own.entries) {
        const auto example =
            std::find_if(config::settings_keys().begin(), config::settings_keys().end(), [&](const config::Key& k) {
                return k.section == entry.section && k.name == entry.key;
            })->example;
        text = with(text, "\n;" + entry.key + " = " + std::string{example} + "\n",
                    "\n" + entry.key + " = " + entry.value + "\n");
    }
    const auto from_template = loaded_from(folder, text);
    const auto from_nothing = loaded_from(folder, complete);
    REQUIRE(from_template.shown.size() == from_nothing.shown.size());
    for (std::size_t i = 0; i < from_template.shown.size(); ++i) {
        CHECK(from_template.shown[i].key == from_nothing.shown[i].key);
        CHECK(from_template.shown[i].value == from_nothing.shown[i].value);
    }
}

SCENARIO("the untouched template is refused only for what is required", "[config]") {
    for (const auto& fault : faults_of(Folder{}, config::template_text())) {
        INFO(config::text_of(fault));
        CHECK(has(fault.problem, "缺少必填项"));
    }
    CHECK_FALSE(faults_of(Folder{}, config::template_text()).empty());
}

SCENARIO("every key has help, and either a default or an example", "[config]") {
    for (const auto& key : config::settings_keys()) {
        INFO(key.section << "." << key.name);
        CHECK_FALSE(key.help.empty());
        CHECK(key.fallback.empty() != key.example.empty());
    }
}
