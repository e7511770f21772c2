#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>

using namespace hcp;
using test::text;

namespace {
// An element as another version compiled it: longer by `extra` bytes of 0xEE, or cut to `size`, at the very end of its
// memory, so that a sanitizer sees a read beyond it.
template <class T>
class Resized {
public:
    Resized(const T& from, std::uint32_t size) : bytes_{new char[size]} {
        std::memset(bytes_.get(), 0xEE, size);
        std::memcpy(bytes_.get(), &from, std::min<std::size_t>(size, sizeof(T)));
        std::memcpy(bytes_.get(), &size, sizeof size);
    }
    [[nodiscard]] const T* get() const { return reinterpret_cast<const T*>(bytes_.get()); }

private:
    std::unique_ptr<char[]> bytes_;
};
}  // namespace

SCENARIO("a host of 1.0 passes three events that end before what was added later, and shorter results", "[stride]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    constexpr std::uint32_t stride = offsetof(hcp_completion, handlers);
    constexpr std::uint32_t result_stride = offsetof(hcp_result, field);
    alignas(hcp_completion) std::array<char, 3 * stride> events;
    alignas(hcp_result) std::array<char, 3 * result_stride> results{};
    const char* names[] = {"a", "b", "c"};
    for (std::size_t i = 0; i < 3; ++i) {
        hcp_completion one = good.c;
        one.struct_size = stride;
        one.case_no = text(names[i]);
        std::memcpy(events.data() + i * stride, &one, stride);
        std::memcpy(results.data() + i * result_stride, &result_stride, sizeof result_stride);
    }
    CHECK(p->completed(p, reinterpret_cast<const hcp_completion*>(events.data()), 3,
                       reinterpret_cast<hcp_result*>(results.data())) == HCP_OK);
    REQUIRE(host.module->pieces.size() == 1);
    REQUIRE(host.module->pieces[0].size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& c = std::get<domain::Completion>(host.module->pieces[0][i]);
        CHECK(c.key.case_no == names[i]);
        CHECK(c.handlers.empty());
        hcp_status status{};
        std::memcpy(&status, results.data() + i * result_stride + offsetof(hcp_result, status), sizeof status);
        CHECK(status == HCP_OK);
    }
}

SCENARIO("a host of a later minor passes longer structs", "[stride]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    struct Longer {
        hcp_completion c;
        char more[24];
    } three[3];
    struct LongerSubject {
        hcp_subject s;
        char more[8];
    } subjects[2];
    std::memset(three, 0xEE, sizeof three);
    std::memset(subjects, 0xEE, sizeof subjects);
    for (int i = 0; i < 2; ++i) {
        subjects[i].s = good.subjects[i];
        subjects[i].s.struct_size = sizeof(LongerSubject);
    }
    const char* names[] = {"a", "b", "c"};
    for (int i = 0; i < 3; ++i) {
        three[i].c = good.c;
        three[i].c.struct_size = sizeof(Longer);
        three[i].c.case_no = text(names[i]);
        three[i].c.subjects = &subjects[0].s;
    }
    hcp_result results[3] = {test::blank_result(), test::blank_result(), test::blank_result()};
    CHECK(p->completed(p, &three[0].c, 3, results) == HCP_OK);
    REQUIRE(host.module->pieces.size() == 1);
    REQUIRE(host.module->pieces[0].size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& c = std::get<domain::Completion>(host.module->pieces[0][i]);
        CHECK(c.key.case_no == names[i]);
        CHECK(c.subjects[1].certificate_no == "91370000MA3C0002XY");
    }
}

SCENARIO("a struct that ends early lacks what lies beyond, and nothing there is read", "[stride]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    auto result = test::blank_result();
    WHEN("a completion ends before its handlers") {
        const Resized<hcp_completion> cut{good.c, offsetof(hcp_completion, handlers)};
        CHECK(p->completed(p, cut.get(), 1, &result) == HCP_OK);
        CHECK(std::get<domain::Completion>(host.module->pieces[0][0]).handlers.empty());
    }
    WHEN("it ends before its subjects, or has no size at all") {
        for (const std::uint32_t size : {0u, 4u, 8u, 16u, 200u, 208u}) {
            const Resized<hcp_completion> cut{good.c, std::max(size, 4u)};
            std::memcpy(const_cast<hcp_completion*>(cut.get()), &size, sizeof size);
            CHECK(p->completed(p, cut.get(), 1, &result) == HCP_E_INVALID);
            CHECK(std::string{result.field} == "struct_size");
        }
    }
    WHEN("a subject ends after its number") {
        const Resized<hcp_subject> cut{good.subjects[0], offsetof(hcp_subject, certificate_kind)};
        good.c.subjects = cut.get();
        good.c.subject_count = 1;
        CHECK(p->completed(p, &good.c, 1, &result) == HCP_OK);
        const auto& subject = std::get<domain::Completion>(host.module->pieces[0][0]).subjects[0];
        CHECK(subject.certificate_no == "91370000MA3C0001XY");
        CHECK(subject.name.empty());
    }
    WHEN("a size is none that a compiler gives") {
        const Resized<hcp_completion> odd{good.c, sizeof(hcp_completion) + 4};
        CHECK(p->completed(p, odd.get(), 1, &result) == HCP_E_INVALID);
    }
    WHEN("a withdrawal ends before its reason, a visit after its time") {
        const hcp_withdrawal w{sizeof w, 0, text("host"), text("case"), text("1"), test::now_us, text("错报")};
        const Resized<hcp_withdrawal> short_w{w, offsetof(hcp_withdrawal, reason)};
        CHECK(p->withdrawn(p, short_w.get(), 1, &result) == HCP_OK);
        hcp_visit v{};
        v.host_id = text("host");
        v.visit_no = text("v");
        v.visited_at_us = test::now_us;
        const Resized<hcp_visit> short_v{v, offsetof(hcp_visit, window)};
        CHECK(p->visit(p, short_v.get(), 1, &result) == HCP_OK);
        CHECK(host.module->pieces.size() == 2);
    }
}

SCENARIO("elements of one array that differ in size are refused, all of them", "[stride]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion one, other;
    hcp_completion two[] = {one.c, other.c};
    two[1].case_no = text("other");
    hcp_result results[] = {test::blank_result(), test::blank_result()};
    two[1].struct_size -= 8;
    CHECK(p->completed(p, two, 2, results) == HCP_E_INVALID);
    for (const auto& r : results) {
        CHECK(r.status == HCP_E_INVALID);
        CHECK(std::string{r.field} == "struct_size");
    }
    two[1].struct_size += 8;
    one.subjects[1].struct_size -= 16;
    CHECK(p->completed(p, two, 2, results) == HCP_E_INVALID);
    CHECK(std::string{results[0].field} == "subjects");
    CHECK(results[1].status == HCP_OK);  // the other one is not concerned
    results[1].struct_size -= 8;
    CHECK(p->completed(p, two, 2, results) == HCP_E_INVALID);
    CHECK(host.module->pieces.size() == 1);
}

SCENARIO("results are written only as far as the caller made them", "[stride]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    good.c.case_no = {nullptr, 0};
    WHEN("they hold the status alone, or the field too") {
        for (const std::uint32_t size : {8u, 56u, static_cast<std::uint32_t>(sizeof(hcp_result)) + 40}) {
            const auto memory = std::make_unique<char[]>(size + 8);
            std::memset(memory.get(), 0x55, size + 8);
            std::memcpy(memory.get(), &size, sizeof size);
            CHECK(p->completed(p, &good.c, 1, reinterpret_cast<hcp_result*>(memory.get())) == HCP_E_INVALID);
            hcp_status status = 0;
            std::memcpy(&status, memory.get() + 4, sizeof status);
            CHECK(status == HCP_E_INVALID);
            if (size > 8) CHECK(std::string{memory.get() + 8} == "case_no");
            for (std::size_t i = size; i < size + 8; ++i) CHECK(memory[i] == 0x55);
            std::uint32_t size_after = 0;
            std::memcpy(&size_after, memory.get(), sizeof size_after);
            CHECK(size_after == size);
        }
    }
    WHEN("they have no size") {
        hcp_result nothing{};
        good.c.case_no = text("case");
        CHECK(p->completed(p, &good.c, 1, &nothing) == HCP_E_INVALID);
        CHECK(host.module->pieces.empty());
    }
}
