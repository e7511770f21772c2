#include "integration/province_sim/control.hpp"
#include "integration/province_sim/platform.hpp"
#include "integration/province_sim/server.hpp"

#include <CLI/CLI.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iostream>
#include <map>
#include <system_error>

namespace {

using namespace province_sim;

constexpr int bad_options = 2;

struct Options {
    Server::Options server;
    Rules rules;
    Sm2Format format;
    std::filesystem::path certificate, key, sm2_private, database, clock_file, generate_keys;
    std::string client_public;
    Dedupe dedupe = Dedupe::none;
    bool plain = false, no_sm2 = false, fast = false;
    std::uint64_t seed = 1;
};

const std::map<std::string, Order> orders{{"C1C3C2", Order::c1c3c2}, {"C1C2C3", Order::c1c2c3}, {"DER", Order::der}};
const std::map<std::string, Encoding> encodings{
    {"hex", Encoding::lower_hex}, {"HEX", Encoding::upper_hex}, {"base64", Encoding::base64}};
const std::map<std::string, Dedupe> dedupes = [] {
    std::map<std::string, Dedupe> names;
    for (const auto& row : dedupe_names) names.emplace(row.name, row.value);
    return names;
}();
const std::map<std::string, bool> on_off{{"on", true}, {"off", false}};

void declare(CLI::App& app, Options& options, long& skew_s) {
    app.add_option("--port", options.server.port, "Platform port on 127.0.0.1; 0: the system chooses");
    app.add_option("--control-port", options.server.control_port, "Control port on 127.0.0.1; 0: the system chooses");
    app.add_option("--threads", options.server.threads, "Threads that serve")->check(CLI::Range(1, 64));
    app.add_flag("--plain", options.plain, "Plain HTTP instead of TLS");
    app.add_option("--cert", options.certificate, "Certificate chain, PEM");
    app.add_option("--key", options.key, "Its private key, PEM");
    app.add_flag("--no-sm2", options.no_sm2, "Records and sign are plain text (benchmarks)");
    app.add_option("--sm2-private", options.sm2_private, "File with the platform's private key, hexadecimal");
    app.add_option("--client-public", options.client_public, "The client's public key, hexadecimal");
    app.add_option("--sm2-order", options.format.order, "Order of a ciphertext's parts")
        ->transform(CLI::CheckedTransformer(orders));
    app.add_option("--encoding", options.format.encoding, "Text form of a ciphertext")
        ->transform(CLI::CheckedTransformer(encodings));
    app.add_option("--prefix04", options.format.prefix04, "Whether C1 starts with 04")
        ->transform(CLI::CheckedTransformer(on_off));
    app.add_option("--app-mark", options.rules.caller.app_mark, "Caller id")->capture_default_str();
    app.add_option("--app-word", options.rules.caller.app_word, "Caller secret")->capture_default_str();
    app.add_option("--tenancy", options.rules.caller.tenancy, "C-Tenancy-Id")->capture_default_str();
    app.add_option("--max-skew-s", skew_s, "How far `time` may be from ours")->check(CLI::Range(0L, 86'400L));
    app.add_option("--pf", options.rules.channels, "Digits that pf may be")->check([](const std::string& digits) {
        const bool good = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
        return good ? std::string{} : std::string{"digits are wanted, such as 12345"};
    });
    app.add_flag("--refuse-no-match", options.rules.refuse_no_match,
                 "M4 without services is refused with “No match found” instead of an empty list");
    app.add_option("--dedupe", options.dedupe,
                   "What makes an M1 a repetition, which is refused: none, name or name_time")
        ->transform(CLI::CheckedTransformer(dedupes));
    app.add_option("--db", options.database, "SQLite file of what is stored");
    app.add_flag("--fast", options.fast, "No sync at commit (benchmarks)");
    app.add_option("--clock-file", options.clock_file,
                   "File with the virtual now in microseconds, read at each request");
    app.add_option("--seed", options.seed, "Of the faults that have a probability");
    app.add_flag("--exit-with-parent", options.server.exit_with_parent, "End when standard input is closed");
    app.add_option("--generate-keys", options.generate_keys, "Write two SM2 key pairs into this folder and end");
}

void check(Options& options) {
    const auto missing = [](const char* what) { throw CLI::ValidationError{what, "is required"}; };
    if (options.database.empty()) missing("--db");
    if (!options.plain) {
        if (options.certificate.empty()) missing("--cert");
        if (options.key.empty()) missing("--key");
        options.server.certificate = Certificate{options.certificate, options.key};
    }
    if (options.no_sm2) return;
    if (options.sm2_private.empty()) missing("--sm2-private");
    if (options.client_public.empty()) missing("--client-public");
}

void write_new_file(const std::filesystem::path& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::system_error{errno, std::generic_category(), file.string()};
    const auto line = text + "\n";
    const auto written = ::write(descriptor, line.data(), line.size());
    const int saved = errno;
    ::close(descriptor);
    if (written != static_cast<ssize_t>(line.size()))
        throw std::system_error{saved, std::generic_category(), file.string()};
}

void generate_keys(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const auto* const owner : {"platform", "client"}) {
        const auto pair = generate_key_pair();
        write_new_file(folder / (std::string{owner} + ".private.hex"), pair.private_hex);
        write_new_file(folder / (std::string{owner} + ".public.hex"), pair.public_hex);
    }
}

Crypto crypto_of(const Options& options) {
    Crypto crypto;
    crypto.format = options.format;
    if (options.no_sm2) return crypto;
    std::ifstream in{options.sm2_private};
    std::string hex;
    if (!(in >> hex)) throw std::invalid_argument{"no key to read in " + options.sm2_private.string()};
    crypto.own.emplace(hex);
    crypto.client.emplace(options.client_public);
    return crypto;
}

void serve(const Options& options) {
    Clock clock;
    if (!options.clock_file.empty()) clock.follow(options.clock_file);
    Store store{options.database, options.fast};
    store.refuse_repeated(options.dedupe);
    Faults faults{options.seed};
    Mood mood;
    Stats stats;
    Platform platform{options.rules, crypto_of(options), clock, store, faults, mood, stats};

    Server* server_address = nullptr;
    Control control{platform,
                    clock,
                    store,
                    faults,
                    mood,
                    stats,
                    {[&server_address] { server_address->close_idle(); },
                     [&server_address](const std::string& chain, const std::string& key) {
                         server_address->use_certificate({chain, key});
                     }}};
    Server server{options.server, [&platform](const Request& request) { return platform.handle(request); },
                  [&control](const Request& request) { return control.handle(request); },
                  [&faults] { return faults.draw_down(); }};
    server_address = &server;
    std::cout << R"({"ready":true,"port":)" << server.port() << R"(,"control_port":)" << server.control_port() << "}"
              << std::endl;
    server.run();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"province_sim: the provincial 好差评 platform, as far as its interface is known"};
    Options options;
    options.rules.caller.app_mark = "SDGGZY";
    options.rules.caller.app_word = "TestWord-0001";
    options.rules.caller.tenancy = "370000000000";
    long skew_s = 300;
    declare(app, options, skew_s);
    try {
        app.parse(argc, argv);
        if (!options.generate_keys.empty()) {
            generate_keys(options.generate_keys);
            return 0;
        }
        options.rules.caller.max_skew = std::chrono::seconds{skew_s};
        check(options);
        serve(options);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? 0 : bad_options;
    } catch (const std::exception& failure) {
        std::cerr << "province_sim: " << failure.what() << '\n';
        return bad_options;
    }
    return 0;
}
