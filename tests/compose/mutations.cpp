#include "tests/compose/mutations.hpp"

#include "adapters/config/settings_table.hpp"
#include "plugin/domain/text.hpp"

#include <array>

namespace hcp::test {

std::string Slips::stray() {
    using namespace std::string_literals;
    static const std::array strays{"\0"s, "\x01"s, "\t"s, "\xEF\xBB\xBF"s, "\u200B"s, "\u00A0"s,   "\u3000"s, "="s,
                                   "["s,  "\n"s,   " "s,  "、"s,           "，"s,     "\xC9\xBD"s, "\""s,     "x"s};
    return one_of(strays);
}

std::string Slips::spoil_ini(const SoundInstance& instance) {
    static const std::array values{"0",
                                   "-1",
                                   "off",
                                   "on",
                                   "99999999999999999999",
                                   "x",
                                   "值",
                                   "甲，乙",
                                   "a,b",
                                   "a,,b",
                                   "SD\u200BGGZY",
                                   "127.0.0.1:0",
                                   "0.0.0.0:0",
                                   "127.0.0.1",
                                   "https://127.0.0.1:9",
                                   "http://127.0.0.1:9",
                                   "http://example.com",
                                   "https://example.com/a?b",
                                   "data",
                                   "store.db",
                                   "items",
                                   "keys",
                                   "word",
                                   "ca.pem",
                                   "policy.ini",
                                   "keys/master.key",
                                   "keys/anchor.pem",
                                   "data/journal.db",
                                   "/nowhere/x",
                                   "mysql",
                                   "oracle",
                                   "sqlite3",
                                   "aes-256-gcm",
                                   "02:30",
                                   "any"};
    if (!fs::exists(instance.ini())) return {};
    const auto before = text_in(instance.ini());
    if (before.find('=') == before.npos) return {};
    auto lines = domain::split(before, '\n');
    std::string said;
    if (below(3) == 0) {
        const auto& key = config::settings_keys()[below(config::settings_keys().size())];
        const std::array numbers{key.min - 1, key.min, key.max, key.max + 1};
        const auto value = config::is_number(key.kind) ? std::to_string(one_of(numbers)) : std::string{one_of(values)};
        said = "[" + std::string{key.section} + "] " + std::string{key.name} + " = " + value;
        if (key.name == "listen" || key.name == "public_listen") return said + ", left alone";
        lines.insert(lines.end() - 1, {"[" + std::string{key.section} + "]", std::string{key.name} + " = " + value});
    } else {
        auto at = below(lines.size());
        while (lines[at].find('=') == std::string::npos) at = below(lines.size());
        const auto line = lines[at];
        // Without its line the port is the default's, which another instance may have.
        const bool may_go = !line.starts_with("listen");
        switch (below(may_go ? 4 : 2)) {
            case 0:
                lines[at] = line.substr(0, line.find('=') + 1) + " " + one_of(values);
                break;
            case 1:
                lines[at].insert(below(line.size() + 1), stray());
                break;
            case 2:
                lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), line);
                break;
            default:
                lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
        }
        said = "the ini's " + line;
    }
    instance.write("haochaping.ini", domain::joined(lines, "\n"));
    return said;
}

std::string Slips::spoil_file(const SoundInstance& instance) {
    const auto name = one_of(SoundInstance::files());
    const auto another = one_of(SoundInstance::files());
    if (!fs::exists(instance.root() / name) || !fs::exists(instance.root() / another)) return {};
    auto text = text_in(instance.root() / name);
    const auto other = text_in(instance.root() / another);
    // What SQLite finds in a file that begins like one of its own, only SQLite can say.
    const bool is_database = name == "store.db";
    const auto how = below(is_database ? 3 : 12);
    switch (how) {
        case 0:
            text.clear();
            break;
        case 1:
            fs::remove(instance.root() / name);
            return name + " gone";
        case 2:
            text = other;
            break;
        case 3:
            text.insert(0, "\xEF\xBB\xBF");
            break;
        case 4:
            text.insert(0, "Bag Attributes\n    friendlyName: 中心\n");
            break;
        case 5:
            text.insert(below(text.size() + 1), stray());
            break;
        case 6:
            text.resize(below(text.size() + 1));
            break;
        case 7:
            text.resize(text.find('\n') + 1);
            break;
        case 8:
            if (!text.empty()) text[below(text.size())] = static_cast<char>(below(256));
            break;
        case 9:
            text += "second\n";
            break;
        case 10:
            for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
                text.insert(at, 1, '\r');
            break;
        default:
            fs::permissions(instance.root() / name, fs::perms::others_read, fs::perm_options::add);
    }
    instance.write(name, text);
    return name + ", way " + std::to_string(how);
}

}  // namespace hcp::test
