#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("an untouched ledger verifies, and what has no anchor yet is counted", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1"), Desk::completion("A2")});
    desk.rate(Desk::completion("A1"), Level::dissatisfied, desk.clock.now(), "窗口等候太久，没有人答复");

    const auto before = desk.ctl({"ledger", "verify"});
    INFO(before.out << before.err);
    CHECK(before.code == 0);
    CHECK(has(before.out, "尚未签锚"));
    CHECK(has(before.out, "评价 1 条、锚点 0 个"));

    desk.anchor();
    const auto after = desk.ctl({"ledger", "verify"});
    CHECK(after.code == 0);
    CHECK(has(after.out, "记录均已签锚"));
    CHECK(has(after.out, "没有发现改动"));

    desk.rate(Desk::completion("A2"), Level::satisfied, desk.clock.now());
    const auto report = desk.ctl({"ledger", "verify", "--json"}).json();
    CHECK(report.at("findings").as_array().empty());
    CHECK(report.at("ratings").as_int64() == 2);
    CHECK(report.at("anchors").as_int64() == 1);
    CHECK(report.at("not_anchored").as_int64() >= 1);
    CHECK(desk.ctl({"ledger", "verify", "--quiet"}).out.empty());
}

SCENARIO("an auditor verifies with the public half of the anchor key", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    desk.anchor();
    auto own = gm::sm2_private_from_pem(text_in(desk.dir.path() / "anchor.pem"));
    REQUIRE(own.has_value());
    const auto file = desk.dir.path() / "anchor.pub.pem";
    std::ofstream{file} << gm::sm2_public_pem(**own);
    const auto by_public_key = desk.ctl({"ledger", "verify", "--public-key", file.string()});
    CHECK(by_public_key.code == 0);
    CHECK(has(by_public_key.out, "未核验各条记录是否由本系统写入"));
    CHECK(!has(desk.ctl({"ledger", "verify"}).out, "未核验"));
    std::ofstream{file} << "\xEF\xBB\xBF公钥由技术信息部给出\n" << gm::sm2_public_pem(**own);
    CHECK(desk.ctl({"ledger", "verify", "--public-key", file.string()}).code == 0);

    // Who brings the public key needs none of the secret files.
    fs::create_directory(desk.dir.path() / "safe");
    for (const auto* secret : {"master.key", "anchor.pem"})
        fs::rename(desk.dir.path() / secret, desk.dir.path() / "safe" / secret);
    const auto outside = desk.ctl({"ledger", "verify", "--public-key", file.string()});
    CHECK(outside.code == 0);
    CHECK(has(outside.out, "没有发现改动"));
    CHECK(desk.ctl({"ledger", "verify"}).code == 2);
    for (const auto* secret : {"master.key", "anchor.pem"})
        fs::rename(desk.dir.path() / "safe" / secret, desk.dir.path() / secret);

    auto other = gm::sm2_private_from_pem(ports::as_text(gm::new_sm2_private_pem()->view()));
    REQUIRE(other.has_value());
    std::ofstream{file} << gm::sm2_public_pem(**other);
    const auto foreign = desk.ctl({"ledger", "verify", "--public-key", file.string()});
    CHECK(foreign.code == 1);
    CHECK(has(foreign.out, "锚点无效"));

    std::ofstream{file} << "nonsense";
    const auto wrong = desk.ctl({"ledger", "verify", "--public-key", file.string()});
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, "不是 SM2 公钥"));
}

SCENARIO("anchors that were tampered with are named by their line", "[ctl]") {
    WorkingDesk desk;
    desk.apply({Desk::completion("A1")});
    desk.anchor();
    std::ofstream{desk.anchor_file(), std::ios::app} << "hcp-anchor/1 nonsense\n";
    const auto said = desk.ctl({"ledger", "verify"});
    CHECK(said.code == 1);
    CHECK(has(said.out, "锚点无效：锚点文件第 2 行无法识别"));

    // What a power cut left is no finding.
    fs::remove(desk.anchor_file());
    desk.anchor();
    std::ofstream{desk.anchor_file(), std::ios::app} << "hcp-anchor/1 17";
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}
