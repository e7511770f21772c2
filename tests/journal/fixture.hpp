#pragma once
#include "adapters/gm/keyring.hpp"
#include "adapters/journal/journal.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace hcp::test {

class Lines final : public ports::Log {
public:
    void write(ports::LogLevel, std::string_view line) noexcept override {
        const std::lock_guard lock{mutex_};
        all.emplace_back(line);
    }
    std::vector<std::string> all;

private:
    std::mutex mutex_;
};

inline std::unique_ptr<ports::Sealer> sealer(std::uint8_t seed = 7,
                                             ports::Cipher cipher = ports::Cipher::sm4_ctr_hmac_sm3) {
    std::array<std::uint8_t, 32> key;
    key.fill(seed);
    return gm::Keyring::of(ports::Secret{key}).value().sealer("journal", cipher);
}

inline domain::Instant at(std::int64_t us) {
    return domain::instant_from_us(1'700'000'000'000'000 + us);
}

inline domain::Completion completion(const std::string& case_no, std::size_t subjects = 1) {
    domain::Completion c;
    c.key = {"host-one", case_no, "1"};
    c.line = domain::Line::engineering;
    c.project_no = "SDGP370000000202402000123";
    c.node = "项目登记";
    c.project_name = "某市政务服务中心信息化设备采购项目";
    c.department_id = "jyyb";
    c.department_name = "交易一部";
    c.completed_at = at(-1);
    for (std::size_t i = 0; i < subjects; ++i)
        c.subjects.push_back({domain::SubjectType::legal, domain::Role::bidder,
                              "91370000MA3C" + std::to_string(i) + "XYZ", "001", "山东明湖测试有限公司", "13800000000",
                              "王小明", "370102199001011234"});
    c.handlers = {{"staff-42", "李办事"}};
    return c;
}

// A journal in a directory of its own, which may be closed and opened again.
struct Fixture {
    TempDirectory directory{"hcp journal ?#%"};  // what a URI must not take for its own
    Lines log;
    std::unique_ptr<ports::Sealer> seal = sealer();
    journal::Options options{.path = directory.path() / "journal.db"};
    std::unique_ptr<ports::Journal> journal = journal::open(options, *seal, log).value();

    void reopen() {
        journal.reset();
        journal = journal::open(options, *seal, log).value();
    }
    ports::result<void> add(const std::string& case_no, std::int64_t us = 0) {
        const domain::Event event = completion(case_no);
        return journal->append({&event, 1}, at(us));
    }
    ports::result<void> add_call(const std::vector<std::string>& case_nos, std::int64_t us = 0) {
        std::vector<domain::Event> events;
        for (const auto& no : case_nos) events.emplace_back(completion(no));
        return journal->append(events, at(us));
    }
    std::vector<std::string> read(std::size_t limit = 1000) {
        std::vector<std::string> cases;
        for (const auto& j : journal->read(limit).value())
            cases.push_back(std::get<domain::Completion>(j.event).key.case_no);
        return cases;
    }
    ports::Position position_of(const std::string& case_no) {
        for (const auto& j : journal->read(1000000).value())
            if (std::get<domain::Completion>(j.event).key.case_no == case_no) return j.at;
        return {};
    }
    std::string bytes_on_disk() {
        std::string all;
        for (const auto& file : std::filesystem::directory_iterator{directory.path()}) all += text_in(file.path());
        return all;
    }
};

}  // namespace hcp::test
