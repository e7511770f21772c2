#pragma once
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/module.hpp"
#include "tests/compose/letter.hpp"
#include "tests/compose/told_rows.hpp"
#include "tests/ctl/console.hpp"
#include "tests/host/fake_host.hpp"
#include "tests/support/file_desk.hpp"
#include "tests/web/client.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace hcp::test {

// A host with an instance of its own, pages included, on a clock that stands until the test moves it. Whatever goes in,
// from the host or from a page, is written by one hand; what the host's scan lists, too. All houses have the same keys.
class House : public FakeHost {
    template <class Events>
    static auto written_by(Letter& letter, const Events& events) {
        std::vector<decltype(letter.of(events[0]))> written;
        for (const auto& event : events) written.push_back(letter.of(event));
        return std::pair{std::move(written), std::vector<hcp_result>(events.size(), blank_result())};
    }

public:
    House(Hand::Manner manner, std::string_view anchor_pem, std::vector<domain::Completion> only_in_scan)
        : hand{manner}, only_in_scan_{std::move(only_in_scan)} {
        copy_rules(root());
        write_owner_only(root() / "master.key", std::string(64, '7'));
        write_owner_only(root() / "anchor.pem", anchor_pem);
        std::ofstream{root() / "haochaping.ini"}
            << "[instance]\ndirectory = data\n[keys]\nmaster_key_file = master.key\nanchor_key_file = anchor.pem\n"
               "[store]\npath = store.db\n[province]\nenabled = off\n[operations]\nlisten = 127.0.0.1:0\n"
               "[sweep]\ninterval_ms = 100\n[clock]\nallow_virtual = on\n"
               "[web]\npublic_listen = 127.0.0.1:0\npublic_base_url = http://localhost:0\ntls = off\n"
               "centre_name = 示例中心\nhelp_phone = 0531-00000000\nper_address_per_minute = 100000\n";
        std::string why;
        ports::KeySettings files;
        files.master_key_file = root() / "master.key";
        files.anchor_key_file = root() / "anchor.pem";
        key_set_ = compose::KeySet::load(files, why);
        INFO(why);
        REQUIRE(key_set_);
        scan_.struct_size = sizeof scan_;
        scan_.list_completed = [](void* self, int64_t, hcp_text, void (*each)(void*, const hcp_completion*),
                                  hcp_emit next, void* ctx) {
            auto& house = *static_cast<House*>(static_cast<FakeHost*>(self));
            Hand its_own{house.hand};
            Letter letter{its_own};
            for (const auto& one : house.only_in_scan_) {
                const auto written = letter.of(one);
                each(ctx, &written);
            }
            next(ctx, {nullptr, 0});
            return hcp_status{HCP_OK};
        };
        extensions[HCP_EXT_COMPLETION_SCAN] = &scan_;
        extensions[HCP_EXT_COMPLETION_HOOKS] = &hooks;
    }

    void start() {
        const auto ini = (root() / "haochaping.ini").string();
        plugin = host::make_gate(&abi, text(ini), compose::make_module);
        REQUIRE(plugin != nullptr);
        const auto started = plugin->start(plugin);
        const std::lock_guard lock{mutex};
        INFO(domain::joined(lines, "\n"));
        REQUIRE(started == HCP_OK);
    }
    void stop() {
        REQUIRE(plugin->stop(plugin, 20'000) == HCP_OK);
        REQUIRE(plugin->destroy(plugin) == HCP_OK);
        destroyed();
    }

    // In one call, so that they go into the store together; completions by the host's hook.
    void report(const std::vector<domain::Completion>& events, Hand& by) {
        Letter letter{by};
        auto [written, results] = written_by(letter, events);
        hook(hook_self, written.data(), written.size(), results.data());
        settle(results);
    }
    void report(const std::vector<domain::Withdrawal>& events, Hand& by) { call(&hcp_plugin::withdrawn, events, by); }
    void report(const std::vector<domain::BidsOpened>& events, Hand& by) { call(&hcp_plugin::bids_opened, events, by); }
    void report(const std::vector<domain::Visit>& events, Hand& by) { call(&hcp_plugin::visit, events, by); }

    hcp_status rate(const domain::Completion& about, const domain::SubjectFacts& who, const domain::Answer& answer,
                    Hand& by) {
        Letter letter{by};
        const auto rating = letter.of(about, who, answer);
        std::string told;
        return plugin->rate(plugin, &rating, 20'000, emit_into, &told);
    }
    // The path of the personal page.
    std::string page_of(const domain::Completion& about, const domain::SubjectFacts& who) {
        Letter letter{hand};
        const auto completion = letter.of(about);
        const auto subject = letter.of(who);
        std::string link;
        REQUIRE(plugin->evaluation_link(plugin, &completion, &subject, emit_into, &link) == HCP_OK);
        const auto port = link.find(':', link.find("//")) + 1, path = link.find('/', port);
        port_ = static_cast<std::uint16_t>(std::stoi(link.substr(port, path - port)));
        return link.substr(path);
    }
    int send(const std::string& method, const std::string& path, const std::string& type, const std::string& body) {
        return ask(port_, method, path, type, body).status;
    }
    // What the page or the API says at that path.
    std::string get(const std::string& path) {
        auto answer = ask(port_, "GET", path, "text/plain", "");
        REQUIRE(answer.status == 200);
        return std::move(answer.body);
    }
    Answered answered(const std::string& method, const std::string& path, const std::string& type,
                      const std::string& body) {
        return ask(port_, method, path, type, body);
    }
    std::string metrics() {
        constexpr std::string_view started = "运维接口已启动，端口 ";
        std::uint16_t port = 0;
        {
            const std::lock_guard lock{mutex};
            for (const auto& line : lines)
                if (line.starts_with(started))
                    port = static_cast<std::uint16_t>(std::stoi(line.substr(started.size())));
        }
        return ask(port, "GET", "/metrics", "text/plain", "").body;
    }
    std::string health() const {
        std::string told;
        REQUIRE(plugin->health(plugin, emit_into, &told) == HCP_OK);
        return told;
    }
    Said ctl(std::vector<std::string> arguments) const {
        return hcpctl(root() / "haochaping.ini", std::move(arguments));
    }
    // How many evaluations the host is told that he may answer, all pages together.
    std::size_t pending_for(const domain::SubjectFacts& who) {
        Letter letter{hand};
        std::string told;
        REQUIRE(plugin->pending_for(plugin, static_cast<std::int32_t>(who.type), letter.number(who.certificate_no), {},
                                    20'000, emit_into, &told) == HCP_OK);
        return boost::json::parse(told).at("evaluations").as_array().size();
    }

    [[nodiscard]] std::map<std::string, std::vector<std::string>> rows() const {
        return told_rows(root() / "store.db", key_set_->keys());
    }
    template <class Condition>
    void wait_until(Condition holds) const {
        for (int i = 0; i < 6000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
        REQUIRE(holds());
    }

    Hand hand;

private:
    static Answered ask(std::uint16_t port, const std::string& method, const std::string& path, const std::string& type,
                        const std::string& body) {
        Client client{port, Client::Over::plain};
        return client.ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " +
                          type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    [[nodiscard]] const std::filesystem::path& root() const { return dir_.path(); }

    template <class Abi, class Event>
    void call(hcp_status (*hcp_plugin::*function)(hcp_plugin*, const Abi*, std::size_t, hcp_result*),
              const std::vector<Event>& events, Hand& by) {
        Letter letter{by};
        auto [written, results] = written_by(letter, events);
        CHECK((plugin->*function)(plugin, written.data(), written.size(), results.data()) == HCP_OK);
        settle(results);
    }
    void settle(const std::vector<hcp_result>& results) const {
        for (const auto& result : results) {
            INFO(result.field << ": " << result.reason);
            CHECK(result.status == HCP_OK);
        }
        wait_until([&] { return has(health(), R"("journal":{"events":0,)"); });
    }

    TempDirectory dir_;
    std::unique_ptr<compose::KeySet> key_set_;
    const std::vector<domain::Completion> only_in_scan_;
    hcp_ext_completion_scan scan_{};
    std::uint16_t port_ = 0;
};

}  // namespace hcp::test
