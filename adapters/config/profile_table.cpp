#include "adapters/config/profile_table.hpp"

#include <algorithm>
#include <vector>

namespace hcp::config {
namespace {

using namespace ports;
using domain::Channel, domain::Mode, domain::SubjectType;

using Text = Named<std::string>;
using Texts = Named<std::vector<std::string>>;

template <auto member>
constexpr auto path = at<&ProvinceProfile::paths, member>;
template <auto member>
constexpr auto envelope = at<&ProvinceProfile::envelope, member>;
template <auto member>
constexpr auto reply = at<&ProvinceProfile::reply, member>;
template <auto member>
constexpr auto pattern = at<&ProvinceProfile::patterns, member>;
template <auto member>
constexpr auto service = at<&ProvinceProfile::service, member>;
template <auto member>
constexpr auto rating = at<&ProvinceProfile::rating, member>;
template <auto member>
constexpr auto query = at<&ProvinceProfile::query, member>;
template <auto member>
constexpr auto listed = at<&ProvinceProfile::listed, member>;

constexpr Text paths[] = {
    {"service", path<&ProvincePaths::service>},
    {"rating", path<&ProvincePaths::rating>},
    {"query", path<&ProvincePaths::query>},
};

constexpr Text envelope_names[] = {
    {"body", envelope<&EnvelopeNames::body>},         {"common", envelope<&EnvelopeNames::common>},
    {"app_mark", envelope<&EnvelopeNames::app_mark>}, {"time", envelope<&EnvelopeNames::time>},
    {"sign", envelope<&EnvelopeNames::sign>},         {"params", envelope<&EnvelopeNames::params>},
    {"records", envelope<&EnvelopeNames::records>},
};

constexpr Text reply_names[] = {
    {"status", reply<&ReplyNames::status>},           {"code", reply<&ReplyNames::code>},
    {"description", reply<&ReplyNames::description>}, {"body", reply<&ReplyNames::body>},
    {"inner_code", reply<&ReplyNames::inner_code>},   {"success", reply<&ReplyNames::success>},
    {"message", reply<&ReplyNames::message>},         {"status_ok", reply<&ReplyNames::status_ok>},
    {"code_ok", reply<&ReplyNames::code_ok>},         {"inner_code_ok", reply<&ReplyNames::inner_code_ok>},
    {"services", reply<&ReplyNames::services>},
};

constexpr Texts patterns[] = {
    {"duplicate", pattern<&ReplyPatterns::duplicate>}, {"unknown_service", pattern<&ReplyPatterns::unknown_service>},
    {"too_early", pattern<&ReplyPatterns::too_early>}, {"bad_signature", pattern<&ReplyPatterns::bad_signature>},
    {"bad_field", pattern<&ReplyPatterns::bad_field>}, {"busy", pattern<&ReplyPatterns::busy>},
    {"success", pattern<&ReplyPatterns::success>},
};

constexpr Texts service_fields[] = {
    {"area_code", service<&ServiceFields::area_code>},
    {"department_code", service<&ServiceFields::department_code>},
    {"org_code", service<&ServiceFields::org_code>},
    {"department_name", service<&ServiceFields::department_name>},
    {"task_type", service<&ServiceFields::task_type>},
    {"task_code", service<&ServiceFields::task_code>},
    {"task_handle_item", service<&ServiceFields::task_handle_item>},
    {"task_name", service<&ServiceFields::task_name>},
    {"project_no", service<&ServiceFields::project_no>},
    {"project_name", service<&ServiceFields::project_name>},
    {"status", service<&ServiceFields::status>},
    {"mode", service<&ServiceFields::mode>},
    {"accepted_at", service<&ServiceFields::accepted_at>},
    {"finished_at", service<&ServiceFields::finished_at>},
    {"service_name", service<&ServiceFields::service_name>},
    {"service_time", service<&ServiceFields::service_time>},
    {"project_type", service<&ServiceFields::project_type>},
    {"promise_days", service<&ServiceFields::promise_days>},
    {"promise_unit", service<&ServiceFields::promise_unit>},
    {"handler_name", service<&ServiceFields::handler_name>},
    {"subject_type", service<&ServiceFields::subject_type>},
    {"subject_name", service<&ServiceFields::subject_name>},
    {"certificate_kind", service<&ServiceFields::certificate_kind>},
    {"certificate_no", service<&ServiceFields::certificate_no>},
    {"certificate_no_online", service<&ServiceFields::certificate_no_online>},
    {"certificate_no_on_site", service<&ServiceFields::certificate_no_on_site>},
    {"mobile", service<&ServiceFields::mobile>},
    {"agent_name", service<&ServiceFields::agent_name>},
    {"agent_certificate_kind", service<&ServiceFields::agent_certificate_kind>},
    {"agent_no", service<&ServiceFields::agent_no>},
    {"data_source", service<&ServiceFields::data_source>},
};

constexpr Texts rating_fields[] = {
    {"project_no", rating<&RatingFields::project_no>},
    {"service_number", rating<&RatingFields::service_number>},
    {"task_type", rating<&RatingFields::task_type>},
    {"level", rating<&RatingFields::level>},
    {"channel", rating<&RatingFields::channel>},
    {"rater_name", rating<&RatingFields::rater_name>},
    {"tags", rating<&RatingFields::tags>},
    {"text", rating<&RatingFields::text>},
    {"rated_at", rating<&RatingFields::rated_at>},
};

constexpr Texts query_fields[] = {
    {"mark", query<&QueryFields::mark>},
    {"subject_name", query<&QueryFields::subject_name>},
    {"certificate_kind", query<&QueryFields::certificate_kind>},
    {"certificate_no", query<&QueryFields::certificate_no>},
};

constexpr Text listed_fields[] = {
    {"project_no", listed<&ListedFields::project_no>},     {"service_number", listed<&ListedFields::service_number>},
    {"service_name", listed<&ListedFields::service_name>}, {"service_time", listed<&ListedFields::service_time>},
    {"commented", listed<&ListedFields::commented>},       {"level", listed<&ListedFields::level>},
};

// Plain texts of the record, all required.
constexpr Text record[] = {
    {"task_type_otherwise", at<&ProvinceProfile::task_type_otherwise>},
    {"status_pending", at<&ProvinceProfile::status_pending>},
    {"status_accepted", at<&ProvinceProfile::status_accepted>},
    {"status_finished", at<&ProvinceProfile::status_finished>},
    {"project_immediate", at<&ProvinceProfile::project_immediate>},
    {"project_promised", at<&ProvinceProfile::project_promised>},
    {"unit_working_day", at<&ProvinceProfile::unit_working_day>},
    {"data_source", at<&ProvinceProfile::data_source>},
    {"query_mark", at<&ProvinceProfile::query_mark>},
    {"bare_bad_note", at<&ProvinceProfile::bare_bad_note>},
    {"unsubmitted_note", at<&ProvinceProfile::unsubmitted_note>},
    {"withdrawn_note", at<&ProvinceProfile::withdrawn_note>},
};

constexpr Word<Channel> channel_names[] = {
    {"portal", Channel::portal}, {"mobile", Channel::mobile},     {"qr", Channel::qr},
    {"kiosk", Channel::kiosk},   {"terminal", Channel::terminal}, {"host", Channel::host}};
constexpr Word<SubjectType> subject_type_names[] = {
    {"person", SubjectType::person}, {"legal", SubjectType::legal}, {"other", SubjectType::other}};
constexpr Word<Mode> mode_names[] = {{"unknown", Mode::unknown}, {"online", Mode::online}, {"on_site", Mode::on_site}};

constexpr auto channels = codes<&ProvinceProfile::channels, channel_names>();
constexpr auto subject_types = codes<&ProvinceProfile::subject_types, subject_type_names>();
constexpr auto default_certificate_kinds = codes<&ProvinceProfile::default_certificate_kinds, subject_type_names>();
constexpr auto modes = codes<&ProvinceProfile::modes, mode_names>();

constexpr Word<Sm2Order> orders[] = {
    {"C1C3C2", Sm2Order::c1c3c2}, {"C1C2C3", Sm2Order::c1c2c3}, {"DER", Sm2Order::der}};
constexpr Word<Encoding> encodings[] = {
    {"hex", Encoding::hex_lower}, {"HEX", Encoding::hex_upper}, {"base64", Encoding::base64}};
constexpr Word<bool> text_or_integer[] = {{"text", true}, {"integer", false}};
constexpr Word<IdentifiedBy> identified_by[] = {{"name_and_time", IdentifiedBy::name_and_time},
                                                {"name", IdentifiedBy::name},
                                                {"time", IdentifiedBy::time},
                                                {"none", IdentifiedBy::nothing}};
constexpr Word<bool> hold_or_marked[] = {{"hold", false}, {"marked", true}};

constexpr auto push_default = chosen<hold_or_marked, &ProvinceProfile::default_pf>;
constexpr Condition marked[] = {is(push_default, "marked")};

// One row, one key. What makes or switches a part stands before the part's other keys.
// clang-format off
constexpr Key scalars[] = {
    based_on,
    {.member = at<&ProvinceProfile::name>, .section = "profile", .name = "name", .required = true, .min = 1, .max = 30},
    {.member = at<&ProvinceProfile::tenancy_id>, .section = "profile", .name = "tenancy_id", .required = true, .min = 1,
     .max = 32},

    {.member = at<&ProvinceProfile::sm2>, .section = "crypto", .name = "sm2", .required = true},
    {.member = chosen<orders, &ProvinceProfile::sm2, &Sm2Format::order>, .section = "crypto", .name = "order",
     .required = true},
    {.member = at<&ProvinceProfile::sm2, &Sm2Format::prefix04>, .section = "crypto", .name = "prefix04",
     .required = true},
    {.member = chosen<encodings, &ProvinceProfile::sm2, &Sm2Format::encoding>, .section = "crypto", .name = "encoding",
     .required = true},

    {.member = at<&ProvinceProfile::project_no_prefix>, .section = "record", .name = "project_no_prefix", .off = true,
     .required = true, .min = 1, .max = 10},
    {.member = at<&ProvinceProfile::area_length>, .section = "record", .name = "area_length", .required = true,
     .min = 6, .max = 12},
    {.member = at<&ProvinceProfile::task_code_length>, .section = "record", .name = "task_code_length",
     .required = true, .min = 1, .max = 64},
    {.member = at<&ProvinceProfile::task_handle_item_length>, .section = "record", .name = "task_handle_item_length",
     .required = true, .min = 1, .max = 64},
    {.member = at<&ProvinceProfile::self_built_marker>, .section = "record", .name = "self_built_marker",
     .required = true, .min = 1, .max = 32},
    {.member = chosen<text_or_integer, &ProvinceProfile::service_number_as_text>, .section = "record",
     .name = "service_number", .required = true},
    {.member = at<&ProvinceProfile::max_services>, .section = "record", .name = "max_services", .required = true,
     .min = 1, .max = 9999},
    {.member = at<&ProvinceProfile::text_limit>, .section = "record", .name = "text_limit", .required = true, .min = 10,
     .max = 100'000},

    {.member = listed<&ListedFields::first_number>, .section = "listed_fields", .name = "first_number",
     .required = true, .min = 0, .max = 1},
    {.member = chosen<identified_by, &ProvinceProfile::listed, &ListedFields::identified_by>,
     .section = "listed_fields", .name = "identified_by", .required = true},

    {.member = push_default, .section = "defaults", .name = "push_default", .required = true},
    {.member = at<&ProvinceProfile::default_pf, inside>, .section = "defaults", .name = "default_pf", .min = 1,
     .max = 10, .required_when = marked, .example = "7"},
    {.member = at<&ProvinceProfile::default_rater_name>, .section = "defaults", .name = "rater_name", .min = 1,
     .max = 30, .required_when = marked, .example = "系统默认"},

    {.member = at<&ProvinceProfile::allow_experts>, .section = "secrecy", .name = "allow_experts", .required = true},

    {.member = at<&ProvinceProfile::padding, &Padding::mobile>, .section = "padding", .name = "mobile",
     .required = true, .min = 1, .max = 18},
    {.member = at<&ProvinceProfile::padding, &Padding::subject_name>, .section = "padding", .name = "subject_name",
     .required = true, .min = 1, .max = 100},

    {.member = at<&ProvinceProfile::clamp_skew>, .section = "time", .name = "clamp_skew_s", .required = true, .min = 1,
     .max = 3600},
    {.member = at<&ProvinceProfile::service_time_back>, .section = "time", .name = "service_back_s", .required = true,
     .min = 1, .max = 3600},

    {.member = at<&ProvinceProfile::max_parallel>, .section = "traffic", .name = "max_parallel", .required = true,
     .min = 1, .max = 256},
    {.member = at<&ProvinceProfile::per_second>, .section = "traffic", .name = "per_second", .required = true, .min = 1,
     .max = 1'000'000},
    // What the province answers when one record of several is refused is unknown, so the only honest value is 1.
    {.member = at<&ProvinceProfile::max_batch>, .section = "traffic", .name = "max_batch", .required = true, .min = 1,
     .max = 1},
    {.member = at<&ProvinceProfile::per_attempt>, .section = "traffic", .name = "per_attempt_ms", .required = true,
     .min = 100, .max = 300'000},
    {.member = at<&ProvinceProfile::connect>, .section = "traffic", .name = "connect_ms", .required = true, .min = 100,
     .max = 60'000},

    {.member = at<&ProvinceProfile::backoff, &domain::Backoff::base>, .section = "retry", .name = "base_ms",
     .required = true, .min = 10, .max = 60'000},
    {.member = at<&ProvinceProfile::backoff, &domain::Backoff::fast_cap>, .section = "retry", .name = "fast_cap_ms",
     .required = true, .min = 10, .max = 3'600'000},
    {.member = at<&ProvinceProfile::backoff, &domain::Backoff::fast_attempts>, .section = "retry",
     .name = "fast_attempts", .required = true, .min = 1, .max = 100},
    {.member = at<&ProvinceProfile::backoff, &domain::Backoff::slow_cap>, .section = "retry", .name = "slow_cap_ms",
     .required = true, .min = 1000, .max = 86'400'000},
    {.member = at<&ProvinceProfile::settle, &domain::SettleTerms::settle_after>, .section = "retry",
     .name = "settle_after_s", .required = true, .min = 1, .max = 86'400},
    {.member = at<&ProvinceProfile::settle, &domain::SettleTerms::denied_after>, .section = "retry",
     .name = "denied_after_s", .required = true, .min = 1, .max = 86'400},
    {.member = at<&ProvinceProfile::give_up_after>, .section = "retry", .name = "give_up_after_days", .required = true,
     .min = 1, .max = 365},

    {.member = at<&ProvinceProfile::breaker_failures>, .section = "breaker", .name = "failures", .required = true,
     .min = 1, .max = 1000},
    {.member = at<&ProvinceProfile::breaker_open_for>, .section = "breaker", .name = "open_ms", .required = true,
     .min = 100, .max = 3'600'000},
};
// clang-format on

constexpr FreeSection free_sections[] = {
    {free_keys<&ProvinceProfile::headers>, "headers", Kind::text, 200},
    {free_keys<&ProvinceProfile::certificate_kinds>, "certificate_kinds", Kind::text, 10},
    {free_keys<&ProvinceProfile::task_types>, "task_types", Kind::text, 10},
    {free_keys<&ProvinceProfile::area_renames>, "area_renames", Kind::text, 12},
};

struct Form {
    Kind kind = Kind::text;
    std::int64_t max = 64;
    bool off = false;
};

template <class Names>
constexpr void add(std::vector<Key>& keys, std::string_view section, const Names& names, Form form = {}) {
    for (const auto& [name, key] : names)
        keys.push_back({.member = key,
                        .section = section,
                        .name = name,
                        .kind = form.kind,
                        .off = form.off,
                        .required = true,
                        .min = 1,
                        .max = form.max});
}

constexpr std::vector<Key> all_keys() {
    std::vector<Key> keys{std::begin(scalars), std::end(scalars)};
    constexpr Form names{Kind::list, 8, true}, code{Kind::text, 10};
    add(keys, "paths", paths, {Kind::text, 200});
    add(keys, "envelope", envelope_names);
    add(keys, "reply", reply_names);
    add(keys, "patterns", patterns, {Kind::texts, 50, true});
    add(keys, "service_fields", service_fields, names);
    add(keys, "rating_fields", rating_fields, names);
    add(keys, "query_fields", query_fields, names);
    add(keys, "listed_fields", listed_fields, {Kind::text, 64, true});
    add(keys, "record", record, {Kind::text, 100});
    add(keys, "levels", levels, code);
    add(keys, "channels", channels, code);
    add(keys, "subject_types", subject_types, code);
    add(keys, "default_certificate_kinds", default_certificate_kinds, code);
    add(keys, "modes", modes, code);
    // What nobody said may be held instead of sent.
    std::ranges::find_if(keys, [](const Key& key) { return key.section == "modes" && key.name == "unknown"; })->off =
        true;
    return keys;
}

constexpr auto keys = [] {
    constexpr auto count = [] {
        const auto all = all_keys();
        return all.size();
    }();
    std::array<Key, count> all;
    std::ranges::copy(all_keys(), all.begin());
    return all;
}();

static_assert(is_sound(keys));
static_assert(is_complete<ProvinceProfile>(keys, free_sections));
static_assert(is_complete<ProvincePaths>(keys));
static_assert(is_complete<EnvelopeNames>(keys));
static_assert(is_complete<ReplyNames>(keys));
static_assert(is_complete<ReplyPatterns>(keys));
static_assert(is_complete<Sm2Format>(keys));
static_assert(is_complete<ServiceFields>(keys));
static_assert(is_complete<RatingFields>(keys));
static_assert(is_complete<QueryFields>(keys));
static_assert(is_complete<ListedFields>(keys));
static_assert(is_complete<Padding>(keys));
static_assert(is_complete<domain::Backoff>(keys));
static_assert(is_complete<domain::SettleTerms>(keys));

}  // namespace

std::span<const Key> profile_keys() {
    return keys;
}
std::span<const FreeSection> profile_free_sections() {
    return free_sections;
}

}  // namespace hcp::config
