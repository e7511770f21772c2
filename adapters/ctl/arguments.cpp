#include "adapters/ctl/arguments.hpp"

#include "plugin/app/province/delivery_words.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/staff.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

namespace hcp::ctl {

using namespace domain;

CLI::Validator number(std::int64_t min, std::int64_t max) {
    return {[=](std::string& text) {
                const auto value = whole_number<std::int64_t>(text);
                if (value && *value >= min && *value <= max) return text = std::to_string(*value), std::string{};
                return "应为 " + std::to_string(min) + " 到 " + std::to_string(max) + " 的整数，现为 " + text;
            },
            ""};
}
CLI::Validator identifier() {
    return {[](std::string& text) {
                const auto value = whole_number<std::int64_t>(text);
                if (value && *value > 0) return text = std::to_string(*value), std::string{};
                return "应为列表中的编号，现为 " + text;
            },
            ""};
}
CLI::Validator date() {
    return {[](std::string& text) {
                return day_from(text) ? std::string{} : "应为存在的日期，写作 2026-09-24，现为 " + text;
            },
            ""};
}
CLI::Validator state() {
    return {[](std::string& text) {
                return app::state_from(text)
                           ? std::string{}
                           : "应为 待推送(queued)、推送中(claimed)、已送达(delivered)、暂缓(held)、待人工处理(parked) "
                             "之一，现为 " +
                                 text;
            },
            ""};
}
CLI::Validator reason() {
    return {[](std::string& text) {
                return app::reason_from(text) ? std::string{}
                                              : "应为 " + app::all_reason_codes() + " 之一，现为 " + text;
            },
            ""};
}
CLI::Validator anchor() {
    return {[](std::string& text) {
                return text == "excluded" || text == "inclusive"
                           ? std::string{}
                           : "应为 excluded（次日起算）或 inclusive（当日起算），现为 " + text;
            },
            ""};
}

CLI::Validator staff_id() {
    return {[](std::string& text) {
                const bool fits = !text.empty() && is_utf8(text) && characters(text) <= 64;
                return fits ? std::string{} : "应为名册上的工号";
            },
            ""};
}
CLI::Validator staff_role() {
    return {[](std::string& text) {
                if (staff_role_from(text)) return std::string{};
                std::string all;
                for (const auto role : staff_roles)
                    all += std::string{text_of(role)} + "(" + std::string{code_of(role)} + ") ";
                return "应为 " + all + "之一，现为 " + text;
            },
            ""};
}

std::optional<SubjectType> subject_type_from(std::string_view text) {
    if (text == "person") return SubjectType::person;
    if (text == "legal") return SubjectType::legal;
    if (text == "other") return SubjectType::other;
    return std::nullopt;
}
CLI::Validator subject_type() {
    return {[](std::string& text) {
                return subject_type_from(text)
                           ? std::string{}
                           : "应为 person（自然人）、legal（法人）、other（其他组织）之一，现为 " + text;
            },
            ""};
}

namespace {

std::string after_colon(const std::string& text) {
    const auto at = text.find(": ");
    return at == std::string::npos ? text : text.substr(at + 2);
}

}  // namespace

std::string in_chinese(const CLI::ParseError& error, const CLI::App& app) {
    const std::string what = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return "不认识的参数：" + after_colon(what);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        if (const auto at = what.find(" is required"); at != std::string::npos && !what.starts_with("A subcommand"))
            return "缺少参数：" + what.substr(0, at);
        const auto left = app.remaining(true);
        return left.empty() ? "缺少命令" : "不认识的命令：" + left.front();
    }
    if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) {
        const auto at = what.find(": ");
        return at == std::string::npos ? "参数有误：" + what
                                       : "参数 " + what.substr(0, at) + " 有误：" + what.substr(at + 2);
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
        return "参数后面缺少值，或值太多：" + what.substr(0, what.find(':'));
    return "参数有误：" + what;
}

}  // namespace hcp::ctl
