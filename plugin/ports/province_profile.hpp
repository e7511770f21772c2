#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/unknown_outcome.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Everything that may differ between provinces and is not the deployment's own (that is ProvinceSettings). Wire names
// keep their case.
namespace hcp::ports {

// Where one of our values goes on the wire: under each of these names. Empty = not sent.
using WireNames = std::vector<std::string>;

enum class Sm2Order { c1c3c2, c1c2c3, der };
enum class Encoding { hex_lower, hex_upper, base64 };

struct Sm2Format {
    Sm2Order order = Sm2Order::c1c3c2;
    bool prefix04 = true;  // without meaning for DER
    Encoding encoding = Encoding::hex_lower;
};

// What tells the services of a dossier apart in the province's list of them.
enum class IdentifiedBy { name_and_time, name, time, nothing };

struct ProvincePaths {  // appended to the base URL
    std::string service, rating, query;
};

// The request: {body: {app_mark, time, sign, params: {records: [text]}}, common: {}}.
struct EnvelopeNames {
    std::string body, common, app_mark, time, sign, params, records;
};

// The reply, wrapped or bare.
struct ReplyNames {
    std::string status, code, description, body;    // the gateway's wrapper
    std::string inner_code, success, message;       // the business part, inside the wrapper or alone
    std::string status_ok, code_ok, inner_code_ok;  // values that mean success
    std::string services;                           // M4: array whose first element is the encrypted list
};

struct ServiceFields {  // M1, 办件服务
    WireNames area_code, department_code, org_code, department_name;
    WireNames task_type, task_code, task_handle_item, task_name;
    WireNames project_no, project_name, status, mode, accepted_at, finished_at;
    WireNames service_name, service_time, project_type, promise_days, promise_unit;
    WireNames handler_name, subject_type, subject_name, certificate_kind;
    WireNames certificate_no;                                 // in every case
    WireNames certificate_no_online, certificate_no_on_site;  // by mode
    WireNames mobile, agent_name, agent_certificate_kind, agent_no, data_source;
};

struct RatingFields {  // M2, 评价
    WireNames project_no, service_number, task_type, level, channel, rater_name, tags, text, rated_at;
};

struct QueryFields {  // M4, what we ask
    WireNames mark, subject_name, certificate_kind, certificate_no;
};

struct ListedFields {  // M4, one element of the decrypted list; empty = the province tells none
    std::string project_no, service_number, service_name, service_time, commented, level;
    std::int32_t first_number = 1;  // of a dossier, as the list counts; a rating counts from 1
    IdentifiedBy identified_by = IdentifiedBy::name_and_time;
};

// What a reply's text means. Looked up in this order, case-sensitive: the text contains one of them, but for `success`,
// which must be the whole text (“不成功” contains “成功”). Nothing found = refused.
struct ReplyPatterns {
    std::vector<std::string> duplicate, unknown_service, too_early, bad_signature, bad_field, busy, success;
};

// Sent instead of a missing value. Absent = nothing is invented: the field is left out.
struct Padding {
    std::optional<std::string> mobile, subject_name;
};

struct ProvinceProfile {
    std::string name;  // of the province, for logs and health
    ProvincePaths paths;
    std::vector<std::pair<std::string, std::string>>
        headers;  // in order; values may hold {tenancy_id} {app_mark} {request_id} {time_ms}
    std::string tenancy_id;
    EnvelopeNames envelope;
    ReplyNames reply;
    ReplyPatterns patterns;
    std::optional<Sm2Format> sm2;  // absent = plain: accepted only over http on loopback

    ServiceFields service;
    RatingFields rating;
    QueryFields query;
    ListedFields listed;

    // Code maps. All values of the key's type are present, but Channel::system, which is `default_pf`.
    std::map<domain::Level, std::string> levels;
    std::map<domain::Channel, std::string> channels;
    std::map<domain::SubjectType, std::string> subject_types;
    std::map<domain::SubjectType, std::string> default_certificate_kinds;  // where the host gave none
    std::map<domain::Mode, std::string> modes;
    std::map<std::string, std::string, std::less<>> certificate_kinds;  // GA/T 2000.156 code -> wire; absent = the same
    std::map<std::string, std::string, std::less<>> task_types;    // the item's -> wire; absent = `task_type_otherwise`
    std::map<std::string, std::string, std::less<>> area_renames;  // a renamed district's old code -> the new one
    std::string task_type_otherwise;
    std::string status_pending, status_accepted, status_finished;  // proStatus
    std::string project_immediate, project_promised;               // 即办件, 承诺件
    std::string unit_working_day;                                  // of promise_days

    std::string project_no_prefix;  // "" = none
    std::uint32_t area_length = 12;
    std::uint32_t task_code_length = 31, task_handle_item_length = 33;
    std::optional<std::string> self_built_marker;  // an item code that contains it is not pushed (自建事项)
    std::string data_source;
    std::string query_mark;
    bool service_number_as_text = true;
    std::uint32_t max_services = 99;  // of one dossier; then a new one

    std::optional<std::string> default_pf;  // `marked`: the channel code that says “system default”. Absent = `hold`
    std::string default_rater_name;         // `marked`: in place of a person's; nobody gave it
    bool allow_experts = false;
    std::optional<std::uint32_t> text_limit;  // characters; a longer text is cut with “…”
    std::string bare_bad_note;                // E9: says that the rater gave no details
    std::string unsubmitted_note;             // E55: says that it was tapped and never submitted
    std::string withdrawn_note;               // E17: says that the case was withdrawn
    Padding padding;

    std::chrono::seconds clamp_skew{};                      // service time <= rated time <= now - skew
    std::optional<std::chrono::seconds> service_time_back;  // sent this much earlier than it happened

    std::uint32_t max_parallel = 4;
    std::uint32_t per_second = 10;
    std::uint32_t max_batch = 1;  // records in one message
    std::chrono::milliseconds per_attempt{}, connect{};
    domain::Backoff backoff;
    domain::SettleTerms settle;
    std::chrono::days give_up_after{};             // time HELD does not count
    std::uint32_t breaker_failures = 5;            // in a row, per endpoint
    std::chrono::milliseconds breaker_open_for{};  // then one probe
};

}  // namespace hcp::ports
