#include "adapters/web/phrases.hpp"

#include "adapters/web/embedded.hpp"

#include <algorithm>
#include <vector>

namespace hcp::web {
namespace {

// A key on a line of its own, then "  zh …" and "  en …". A line that begins with # is a remark.
std::vector<Phrase> read(std::string_view file) {
    std::vector<Phrase> all;
    while (!file.empty()) {
        const auto end = file.find('\n');
        const auto line = file.substr(0, end);
        file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
        if (line.empty() || line.starts_with('#')) continue;
        if (!line.starts_with(' '))
            all.push_back({line, {}, {}});
        else if (all.empty())
            continue;
        else if (line.starts_with("  zh "))
            all.back().zh = line.substr(5);
        else if (line.starts_with("  en "))
            all.back().en = line.substr(5);
    }
    std::ranges::sort(all, {}, &Phrase::key);
    return all;
}

}  // namespace

std::span<const Phrase> phrases() {
    static const auto all = read(embedded_file("phrases.txt")->bytes);
    return all;
}

const Phrase* find_phrase(std::string_view key) {
    const auto all = phrases();
    const auto found = std::ranges::lower_bound(all, key, {}, &Phrase::key);
    return found != all.end() && found->key == key ? &*found : nullptr;
}

std::string phrase(Language language, std::string_view key,
                   std::initializer_list<std::pair<std::string_view, std::string>> values) {
    const auto* found = find_phrase(key);
    if (found == nullptr) return {};
    std::string text{found->in(language)};
    for (const auto& [name, value] : values) {
        const auto mark = "{{" + std::string{name} + "}}";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::string in_language(Language language, std::string_view page) {
    std::string out;
    for (;;) {
        const auto open = page.find("[[");
        out += page.substr(0, open);
        if (open == std::string_view::npos) return out;
        const auto close = page.find("]]", open);
        if (close == std::string_view::npos) return out += page.substr(open);
        if (const auto* found = find_phrase(page.substr(open + 2, close - open - 2))) out += found->in(language);
        page.remove_prefix(close + 2);
    }
}

}  // namespace hcp::web
