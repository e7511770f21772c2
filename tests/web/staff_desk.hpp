#pragma once
#include "adapters/sheets/sheet_files.hpp"
#include "adapters/web/server.hpp"
#include "plugin/app/desk_sessions/invite.hpp"
#include "tests/app/people/centre.hpp"
#include "tests/province/certificates.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/plain_tokens.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/web/client.hpp"
#include "tests/web/web_desk.hpp"

#include <openssl/pem.h>

#include <map>
#include <optional>

namespace hcp::test {

// The staff listener over real TLS. S3 and S4 supervise, S5 is technical; S1 and S2 sign on. Each ticket counts once.
struct StaffDesk : WebDesk {
    StaffDesk() {
        const auto identity = issue(make_ca(), "DNS:localhost");
        const auto certificate = dir.path() / "cert.pem", key = dir.path() / "key.pem";
        std::unique_ptr<FILE, int (*)(FILE*)> to{std::fopen(certificate.c_str(), "w"), std::fclose};
        PEM_write_X509(to.get(), identity.certificate.get());
        to.reset(std::fopen(key.c_str(), "w"));
        PEM_write_PrivateKey(to.get(), identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        to.reset();
        offered = rule_files.rules;
        staff.listen = {"127.0.0.1", 0};
        staff.base_url = {"https", "localhost", 443, "", "https://localhost"};
        staff.certificate_file = certificate;
        staff.key_file = key;
        staff.portal_url = ports::Url{"https", "portal.example.cn", 443, "", "https://portal.example.cn"};
        import(Centre::everybody());
        (void)Centre::done(*app::found_supervision(people(), "S5", {"S3", "S4"}));
        grant("S3", "S5", StaffRole::technical, "S4");
        clock.set(clock.now() + 1s);
    }

    virtual ~StaffDesk() = default;

    void start() {
        auto with = services();
        with.redeem = [this](const std::string& ticket, const Redeemed& done) {
            std::optional<ports::SignedOn> who;
            {
                const std::lock_guard lock{tickets_mutex_};
                if (const auto node = tickets_.extract(ticket)) who = node.mapped();
            }
            done(std::move(who));
        };
        with.staff.emplace(staff_services());
        web::WebOptions options;
        options.staff = staff;
        server.emplace(std::move(with), options);
        const auto started = server->start();
        REQUIRE(started.has_value());
        port = started->staff_port;
    }

    virtual web::StaffServices staff_services() {
        return {*store, means(), writer, rule_texts, sheets, inspections, [this] { return offered; }, {}};
    }
    app::DeskMeans means() { return {*books, keys, tokens, writer}; }
    app::PeopleMeans people() { return {*books, keys, nobody}; }
    void import(const std::vector<ports::RosterLine>& lines) {
        REQUIRE(Centre::done(*app::import_roster(people(), "S5", lines)).faults.empty());
    }
    RoleGrantId grant(std::string_view by, std::string_view to, StaffRole role, std::string_view confirmed_by) {
        const auto id = Centre::done(*app::propose_role(people(), by, {to, role}));
        return Centre::done(*app::confirm_role(people(), confirmed_by, id));
    }
    std::string link_for(std::string_view staff_id) {
        auto reply = app::invite({*books, keys, tokens, nobody}, "S5", staff_id);
        REQUIRE(reply.has_value());
        return std::get<app::Invited>(*reply).token;
    }
    void give_ticket(const std::string& ticket, std::string staff_id) {
        ports::SignedOn who;
        who.staff = true;
        who.staff_id = std::move(staff_id);
        give_ticket(ticket, who);
    }
    void give_ticket(const std::string& ticket, const ports::SignedOn& who) {
        const std::lock_guard lock{tickets_mutex_};
        tickets_.emplace(ticket, who);
    }

    // `head`: lines of it, each with its end.
    Answered ask(const std::string& method, const std::string& path, const std::string& head = {},
                 const std::string& body = {}) {
        Client client{port, Client::Over::tls};
        REQUIRE(client.connected());
        return client.ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + head +
                          "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    Answered post(const std::string& path, const std::string& body, const std::string& head = own_page) {
        return ask("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n" + head, body);
    }
    Answered get(const std::string& path, const std::string& cookie = {}) {
        return ask("GET", path, cookie.empty() ? std::string{} : with_cookie(cookie));
    }
    static std::string with_cookie(const std::string& cookie) { return "Cookie: " + cookie + "\r\n"; }
    // "__Host-hcp-staff=…" of an answer that signed somebody on.
    static std::string cookie_of(const Answered& answer) {
        REQUIRE(answer.headers.contains("set-cookie"));
        const auto& cookie = answer.headers.at("set-cookie");
        return cookie.substr(0, cookie.find(';'));
    }
    std::string signed_on(const std::string& staff_id) {
        const auto answer = post("/staff/sign-on", "code=" + link_for(staff_id));
        REQUIRE(answer.status == 303);
        return cookie_of(answer);
    }
    bool holds(const std::string& cookie) { return get("/api/v1/staff/session", cookie).status == 200; }

    static inline const std::string own_page = "Origin: https://localhost\r\nSec-Fetch-Site: same-origin\r\n";
    static inline const std::string portal_page = "Origin: https://portal.example.cn\r\nSec-Fetch-Site: cross-site\r\n";
    static inline const std::string foreign_page = "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n";

    TempDirectory dir;
    PlainTokens tokens;
    sheets::SheetFiles sheets;
    MemoryAnchorFile anchor_file;
    MemoryAnchors anchors{anchor_file};
    const PlainSigner anchor_key{Digest{}};
    web::StaffInspections inspections{
        [this](const auto&, const ports::Signs& signs) {
            return app::verify_ledger(*store, anchors, {digests, anchor_key, &ledger_seal}, signs);
        },
        [this](const web::StaffInspections::Days& days, const ports::Signs& signs) {
            constexpr std::array channels{Channel::host};
            return app::coverage(*store, keys, days.from, days.to, channels, clock.now(), signs);
        },
        clock, web_log};
    ports::StaffWebSettings staff;
    std::variant<std::shared_ptr<const record::Rules>, std::vector<ports::Fault>> offered;  // by the files
    std::uint16_t port = 0;

private:
    std::mutex tickets_mutex_;
    std::map<std::string, ports::SignedOn> tickets_;

public:
    std::optional<web::WebServer> server;  // ends before what it uses
};

}  // namespace hcp::test
