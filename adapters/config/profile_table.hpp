#pragma once
#include "adapters/config/schema.hpp"
#include "plugin/ports/province_profile.hpp"

#include <span>
#include <string_view>

// The words of a province profile, each beside the member it fills, so that schema and binding cannot drift apart.
namespace hcp::config {

template <class Owner, class T>
struct Field {
    std::string_view name;
    T Owner::*member;
};

template <class Enum>
struct Code {
    std::string_view name;
    Enum value;
};

namespace words {

using namespace ports;

inline constexpr Field<ProvincePaths, std::string> paths[] = {{"service", &ProvincePaths::service},
                                                              {"rating", &ProvincePaths::rating},
                                                              {"query", &ProvincePaths::query},
                                                              {"norm", &ProvincePaths::norm}};

inline constexpr Field<EnvelopeNames, std::string> envelope[] = {
    {"body", &EnvelopeNames::body},      {"common", &EnvelopeNames::common}, {"app_mark", &EnvelopeNames::app_mark},
    {"time", &EnvelopeNames::time},      {"sign", &EnvelopeNames::sign},     {"params", &EnvelopeNames::params},
    {"records", &EnvelopeNames::records}};

inline constexpr Field<ReplyNames, std::string> reply[] = {
    {"status", &ReplyNames::status},           {"code", &ReplyNames::code},
    {"description", &ReplyNames::description}, {"body", &ReplyNames::body},
    {"inner_code", &ReplyNames::inner_code},   {"success", &ReplyNames::success},
    {"message", &ReplyNames::message},         {"status_ok", &ReplyNames::status_ok},
    {"code_ok", &ReplyNames::code_ok},         {"inner_code_ok", &ReplyNames::inner_code_ok},
    {"services", &ReplyNames::services},       {"norms", &ReplyNames::norms}};

inline constexpr Field<ReplyPatterns, std::vector<std::string>> patterns[] = {
    {"duplicate", &ReplyPatterns::duplicate},
    {"unknown_service", &ReplyPatterns::unknown_service},
    {"bad_signature", &ReplyPatterns::bad_signature},
    {"bad_field", &ReplyPatterns::bad_field},
    {"busy", &ReplyPatterns::busy},
    {"success", &ReplyPatterns::success}};

inline constexpr Field<ServiceFields, WireNames> service_fields[] = {
    {"area_code", &ServiceFields::area_code},
    {"department_code", &ServiceFields::department_code},
    {"org_code", &ServiceFields::org_code},
    {"department_name", &ServiceFields::department_name},
    {"task_type", &ServiceFields::task_type},
    {"task_code", &ServiceFields::task_code},
    {"task_handle_item", &ServiceFields::task_handle_item},
    {"task_name", &ServiceFields::task_name},
    {"sub_matter", &ServiceFields::sub_matter},
    {"project_no", &ServiceFields::project_no},
    {"project_name", &ServiceFields::project_name},
    {"status", &ServiceFields::status},
    {"mode", &ServiceFields::mode},
    {"accepted_at", &ServiceFields::accepted_at},
    {"finished_at", &ServiceFields::finished_at},
    {"service_name", &ServiceFields::service_name},
    {"service_time", &ServiceFields::service_time},
    {"project_type", &ServiceFields::project_type},
    {"promise_days", &ServiceFields::promise_days},
    {"promise_unit", &ServiceFields::promise_unit},
    {"legal_days", &ServiceFields::legal_days},
    {"legal_unit", &ServiceFields::legal_unit},
    {"handler_name", &ServiceFields::handler_name},
    {"subject_type", &ServiceFields::subject_type},
    {"subject_name", &ServiceFields::subject_name},
    {"certificate_kind", &ServiceFields::certificate_kind},
    {"certificate_no", &ServiceFields::certificate_no},
    {"certificate_no_online", &ServiceFields::certificate_no_online},
    {"certificate_no_on_site", &ServiceFields::certificate_no_on_site},
    {"mobile", &ServiceFields::mobile},
    {"agent_name", &ServiceFields::agent_name},
    {"agent_certificate_kind", &ServiceFields::agent_certificate_kind},
    {"agent_no", &ServiceFields::agent_no},
    {"data_source", &ServiceFields::data_source}};

inline constexpr Field<RatingFields, WireNames> rating_fields[] = {{"project_no", &RatingFields::project_no},
                                                                   {"service_number", &RatingFields::service_number},
                                                                   {"task_type", &RatingFields::task_type},
                                                                   {"level", &RatingFields::level},
                                                                   {"channel", &RatingFields::channel},
                                                                   {"rater_name", &RatingFields::rater_name},
                                                                   {"tags", &RatingFields::tags},
                                                                   {"text", &RatingFields::text},
                                                                   {"rated_at", &RatingFields::rated_at}};

inline constexpr Field<QueryFields, WireNames> query_fields[] = {{"mark", &QueryFields::mark},
                                                                 {"subject_name", &QueryFields::subject_name},
                                                                 {"certificate_kind", &QueryFields::certificate_kind},
                                                                 {"certificate_no", &QueryFields::certificate_no},
                                                                 {"commented", &QueryFields::commented}};

inline constexpr Field<ListedFields, std::string> listed_fields[] = {{"project_no", &ListedFields::project_no},
                                                                     {"service_number", &ListedFields::service_number},
                                                                     {"service_name", &ListedFields::service_name},
                                                                     {"service_time", &ListedFields::service_time},
                                                                     {"status", &ListedFields::status},
                                                                     {"commented", &ListedFields::commented},
                                                                     {"level", &ListedFields::level},
                                                                     {"rated_at", &ListedFields::rated_at}};

inline constexpr Field<NormFields, std::string> norm_fields[] = {
    {"level", &NormFields::level}, {"in_use", &NormFields::in_use}, {"code", &NormFields::code},
    {"id", &NormFields::id},       {"name", &NormFields::name},     {"expanded", &NormFields::expanded}};

// Plain texts of the record, all required.
inline constexpr Field<ProvinceProfile, std::string> record[] = {
    {"task_type_otherwise", &ProvinceProfile::task_type_otherwise},
    {"status_pending", &ProvinceProfile::status_pending},
    {"status_accepted", &ProvinceProfile::status_accepted},
    {"status_finished", &ProvinceProfile::status_finished},
    {"project_immediate", &ProvinceProfile::project_immediate},
    {"project_promised", &ProvinceProfile::project_promised},
    {"unit_working_day", &ProvinceProfile::unit_working_day},
    {"data_source", &ProvinceProfile::data_source},
    {"query_mark", &ProvinceProfile::query_mark},
    {"bare_bad_note", &ProvinceProfile::bare_bad_note}};

inline constexpr Code<domain::Level> levels[] = {{"very_satisfied", domain::Level::very_satisfied},
                                                 {"satisfied", domain::Level::satisfied},
                                                 {"basically_satisfied", domain::Level::basically_satisfied},
                                                 {"dissatisfied", domain::Level::dissatisfied},
                                                 {"very_dissatisfied", domain::Level::very_dissatisfied}};
inline constexpr Code<domain::Channel> channels[] = {
    {"portal", domain::Channel::portal}, {"mobile", domain::Channel::mobile},     {"qr", domain::Channel::qr},
    {"kiosk", domain::Channel::kiosk},   {"terminal", domain::Channel::terminal}, {"host", domain::Channel::host}};
inline constexpr Code<domain::SubjectType> subject_types[] = {{"person", domain::SubjectType::person},
                                                              {"legal", domain::SubjectType::legal},
                                                              {"other", domain::SubjectType::other}};
inline constexpr Code<domain::Mode> modes[] = {
    {"unknown", domain::Mode::unknown}, {"online", domain::Mode::online}, {"on_site", domain::Mode::on_site}};

}  // namespace words

[[nodiscard]] std::span<const Key> profile_keys();
[[nodiscard]] std::span<const FreeSection> profile_free_sections();

}  // namespace hcp::config
