#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/province_profile.hpp"

#include <string>
#include <string_view>

namespace hcp::province {

struct Caller {
    std::string_view app_mark;
    std::string_view app_word;
};

struct Envelope {
    std::string body;   // empty when there is a fault
    std::string fault;  // Chinese: nothing may be sent, and no later message will fare better
};

// Wraps the text of one array of records: {body: {app_mark, time, sign, params: {records: [record]}}, common: {}}. The
// sign is the encryption of time + app_mark + app_word, and the record is encrypted too. Without a cipher both stand in
// clear, which is for tests on loopback alone.
[[nodiscard]] Envelope enclose(std::string_view records, Caller caller, domain::Instant now,
                               const ports::EnvelopeNames& names, const ports::RecordCipher* cipher);

}  // namespace hcp::province
