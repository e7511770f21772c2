#include "adapters/config/profile_table.hpp"

namespace hcp::config {
namespace {

struct Form {
    Kind kind = Kind::text;
    std::int64_t max = 64;
    bool off = false;
};

template <class Words>
void add(std::vector<Key>& keys, std::string_view section, const Words& vocabulary, Form form = {}) {
    for (const auto& word : vocabulary)
        keys.push_back({.section = section,
                        .name = word.name,
                        .kind = form.kind,
                        .off = form.off,
                        .min = 1,
                        .max = form.max,
                        .required = "always"});
}

constexpr Key scalars[] = {
    {.section = "profile", .name = "based_on", .kind = Kind::file},
    {.section = "profile", .name = "name", .min = 1, .max = 30, .required = "always"},
    {.section = "profile", .name = "tenancy_id", .min = 1, .max = 32, .required = "always"},

    {.section = "crypto", .name = "sm2", .kind = Kind::on_off, .required = "always"},
    {.section = "crypto", .name = "order", .kind = Kind::choice, .choices = "C1C3C2|C1C2C3|DER", .required = "always"},
    {.section = "crypto", .name = "prefix04", .kind = Kind::on_off, .required = "always"},
    {.section = "crypto", .name = "encoding", .kind = Kind::choice, .choices = "hex|HEX|base64", .required = "always"},

    {.section = "record", .name = "project_no_prefix", .off = true, .min = 1, .max = 10, .required = "always"},
    {.section = "record", .name = "area_length", .kind = Kind::count, .min = 6, .max = 12, .required = "always"},
    {.section = "record", .name = "task_code_length", .kind = Kind::count, .min = 1, .max = 64, .required = "always"},
    {.section = "record",
     .name = "task_handle_item_length",
     .kind = Kind::count,
     .min = 1,
     .max = 64,
     .required = "always"},
    {.section = "record", .name = "self_built_marker", .off = true, .min = 1, .max = 32, .required = "always"},
    {.section = "record",
     .name = "service_number",
     .kind = Kind::choice,
     .choices = "text|integer",
     .required = "always"},
    {.section = "record", .name = "max_services", .kind = Kind::count, .min = 1, .max = 9999, .required = "always"},
    {.section = "record",
     .name = "text_limit",
     .kind = Kind::count,
     .off = true,
     .min = 10,
     .max = 100'000,
     .required = "always"},

    {.section = "defaults",
     .name = "push_default",
     .kind = Kind::choice,
     .choices = "hold|marked",
     .required = "always"},
    {.section = "defaults",
     .name = "default_pf",
     .min = 1,
     .max = 10,
     .required = "defaults.push_default=marked",
     .example = "7"},

    {.section = "secrecy", .name = "allow_experts", .kind = Kind::on_off, .required = "always"},

    {.section = "padding", .name = "mobile", .off = true, .min = 1, .max = 18, .required = "always"},
    {.section = "padding", .name = "subject_name", .off = true, .min = 1, .max = 100, .required = "always"},

    {.section = "time", .name = "clamp_skew_s", .kind = Kind::seconds, .min = 1, .max = 3600, .required = "always"},
    {.section = "time",
     .name = "service_back_s",
     .kind = Kind::seconds,
     .off = true,
     .min = 1,
     .max = 3600,
     .required = "always"},

    {.section = "traffic", .name = "max_parallel", .kind = Kind::count, .min = 1, .max = 256, .required = "always"},
    {.section = "traffic", .name = "per_second", .kind = Kind::count, .min = 1, .max = 1'000'000, .required = "always"},
    // What the province answers when one record of several is refused is unknown, so the only honest value is 1.
    {.section = "traffic", .name = "max_batch", .kind = Kind::count, .min = 1, .max = 1, .required = "always"},
    {.section = "traffic",
     .name = "per_attempt_ms",
     .kind = Kind::milliseconds,
     .min = 100,
     .max = 300'000,
     .required = "always"},
    {.section = "traffic",
     .name = "connect_ms",
     .kind = Kind::milliseconds,
     .min = 100,
     .max = 60'000,
     .required = "always"},

    {.section = "retry", .name = "base_ms", .kind = Kind::milliseconds, .min = 10, .max = 60'000, .required = "always"},
    {.section = "retry",
     .name = "fast_cap_ms",
     .kind = Kind::milliseconds,
     .min = 10,
     .max = 3'600'000,
     .required = "always"},
    {.section = "retry", .name = "fast_attempts", .kind = Kind::count, .min = 1, .max = 100, .required = "always"},
    {.section = "retry",
     .name = "slow_cap_ms",
     .kind = Kind::milliseconds,
     .min = 1000,
     .max = 86'400'000,
     .required = "always"},
    {.section = "retry", .name = "give_up_after_days", .kind = Kind::days, .min = 1, .max = 365, .required = "always"},

    {.section = "breaker", .name = "failures", .kind = Kind::count, .min = 1, .max = 1000, .required = "always"},
    {.section = "breaker",
     .name = "open_ms",
     .kind = Kind::milliseconds,
     .min = 100,
     .max = 3'600'000,
     .required = "always"},
};

constexpr FreeSection free_sections[] = {
    {"headers", Kind::text, 200},
    {"certificate_kinds", Kind::text, 10},
    {"task_types", Kind::text, 10},
    {"area_renames", Kind::text, 12},
};

std::vector<Key> all_keys() {
    std::vector<Key> keys{std::begin(scalars), std::end(scalars)};
    const Form names{Kind::list, 8, true}, code{Kind::text, 10};
    add(keys, "paths", words::paths, {Kind::text, 200});
    add(keys, "envelope", words::envelope);
    add(keys, "reply", words::reply);
    add(keys, "patterns", words::patterns, {Kind::texts, 50, true});
    add(keys, "service_fields", words::service_fields, names);
    add(keys, "rating_fields", words::rating_fields, names);
    add(keys, "query_fields", words::query_fields, names);
    add(keys, "listed_fields", words::listed_fields);
    add(keys, "norm_fields", words::norm_fields);
    add(keys, "record", words::record, {Kind::text, 100});
    add(keys, "levels", words::levels, code);
    add(keys, "channels", words::channels, code);
    add(keys, "subject_types", words::subject_types, code);
    add(keys, "default_certificate_kinds", words::subject_types, code);
    add(keys, "modes", words::modes, code);
    return keys;
}

}  // namespace

std::span<const Key> profile_keys() {
    static const auto keys = all_keys();
    return keys;
}
std::span<const FreeSection> profile_free_sections() {
    return free_sections;
}

}  // namespace hcp::config
