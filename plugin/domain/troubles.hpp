#pragma once
#include <cstddef>
#include <cstdint>
#include <map>

namespace hcp::domain {

// Whose it is when a message meets what would stop the channel (a signature that is not taken, credentials, an answer
// that cannot be opened): the channel's, if a second message meets it before any gets through; the message's own, if it
// meets it again after others got through.
class Troubles {
public:
    enum class Whose { unknown, its_own, the_channels };

    [[nodiscard]] Whose met(std::int64_t message) {
        auto& known = others_got_through_since_;
        const auto [own, is_new] = known.try_emplace(message, false);
        if (!is_new && own->second) {
            known.erase(own);
            return Whose::its_own;
        }
        for (const auto& [other, got_through] : known)
            if (other != message && !got_through) return Whose::the_channels;
        if (known.size() > most) known.erase(known.begin());
        return Whose::unknown;
    }
    // A message did.
    void got_through(std::int64_t message) {
        for (auto& [other, got_through] : others_got_through_since_) got_through = got_through || other != message;
        others_got_through_since_.erase(message);
    }

private:
    static constexpr std::size_t most = 1000;
    std::map<std::int64_t, bool> others_got_through_since_;  // by message that met it
};

}  // namespace hcp::domain
