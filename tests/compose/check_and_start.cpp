#include "plugin/compose/instance.hpp"
#include "tests/compose/mutations.hpp"
#include "tests/compose/sound_instance.hpp"

#include <mutex>

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

class Complaints final : public ports::Log {
public:
    void write(ports::LogLevel level, std::string_view line) noexcept override {
        if (level < ports::LogLevel::error) return;
        const std::lock_guard lock{mutex_};
        text_.append(line).append("\n");
    }
    [[nodiscard]] std::string text() const {
        const std::lock_guard lock{mutex_};
        return text_;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
};

// What keeps an instance of this ini from starting; empty: it has started, and was stopped again.
std::string start(const fs::path& ini) {
    auto loaded = config::load_settings(ini);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&loaded)) return config::text_of(faults->front());
    Complaints log;
    ports::NoHost host;
    const ports::SystemClock clock;
    try {
        compose::Instance instance{std::get<config::LoadedSettings>(std::move(loaded)), log, host, clock, false};
        while (!instance.stop(5s)) {
        }
        return {};
    } catch (const std::exception& error) {
        return error.what() + ("\n" + log.text());
    }
}

}  // namespace

SCENARIO("what config check passes starts, and what it refuses does not, of 300 spoilt configurations", "[compose]") {
    const SoundInstance instance;
    Slips slips{20260924};
    int passed = 0, refused = 0;
    for (int i = 0; i < 300; ++i) {
        std::string spoilt;
        for (auto left = 1 + i % 3; left > 0; --left) spoilt += slips.spoil(instance) + "; ";
        const auto checked = instance({"config", "check"});
        const auto obstacle = start(instance.ini());
        INFO(i << ": " << spoilt << "\ncheck says: " << checked.out << "start says: " << obstacle);
        CHECK((checked.code == 0) == obstacle.empty());
        CHECK((checked.code == 0 || checked.code == 2));
        ++(checked.code == 0 ? passed : refused);
        instance.restore();
    }
    // A test that one of the two sides never came to would say nothing.
    CHECK(passed >= 25);
    CHECK(refused >= 50);
}

SCENARIO("a file of keys or certificates behind a byte order mark, or behind text, passes the check and starts",
         "[compose]") {
    const SoundInstance instance;
    for (const auto* name : {"keys/anchor.pem", "client.pem", "platform.pem", "ca.pem", "web-chain.pem", "web-key.pem",
                             "keys/master.key", "word"}) {
        const bool is_pem = fs::path{name}.extension() == ".pem";
        for (const std::string before : {"\xEF\xBB\xBF",
                                         "\xEF\xBB\xBF"
                                         "Bag Attributes\n    friendlyName: 中心\n"}) {
            if (!is_pem && before.size() > 3) continue;
            instance.before(name, before);
            const auto checked = instance({"config", "check"});
            INFO(name << "\n" << checked.out);
            CHECK(checked.code == 0);
            CHECK(start(instance.ini()) == "");
            instance.restore();
        }
    }
}

SCENARIO("a word of two lines, a foreign key of the pages and one under a passphrase are refused by both",
         "[compose]") {
    const SoundInstance instance;
    const auto both_refuse = [&](std::string_view place) {
        const auto checked = instance({"config", "check"});
        INFO(checked.out);
        CHECK(checked.code == 2);
        CHECK(has(checked.out, place));
        CHECK(start(instance.ini()) != "");
        instance.restore();
    };
    instance.secret("word", "TestWord-0001\nsecond\n");
    both_refuse("[province] app_word_file");
    instance.secret("web-key.pem", key_pem(issue(make_ca(), "DNS:localhost")));
    both_refuse("[web] tls_cert_file");
    instance.secret("web-key.pem", text_in(instance.root() / "client.pem"));
    both_refuse("[web] tls_cert_file");
    instance.secret("web-key.pem", key_pem(issue(make_ca(), "DNS:localhost"), "passphrase"));
    both_refuse("[web] tls_cert_file");
}
