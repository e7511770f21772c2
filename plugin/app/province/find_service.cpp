#include "plugin/app/province/find_service.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace hcp::app {

using namespace domain;
using ports::KnownService;
using ports::SentService;

namespace {

// What a list tells without seconds is compared without them.
bool same_time(std::string_view sent, std::string_view listed) {
    return !listed.empty() && sent.starts_with(listed);
}

class Comparison {
public:
    Comparison(const ports::DeliveryWork& work, std::span<const KnownService> of_dossier, ports::IdentifiedBy by)
        : work_{work}, of_dossier_{of_dossier}, by_{by} {
        for (const auto& one : of_dossier_)
            if (!one.service_time.empty()) resolution_ = std::min(resolution_, one.service_time.size());
    }

    [[nodiscard]] Found find() const {
        std::vector<KnownService> listed{of_dossier_.begin(), of_dossier_.end()};
        Found found;
        found.of_dossier = listed;
        std::erase_if(listed, [this](const KnownService& one) { return contains(work_.surplus, one.number); });
        const auto* const own = own_sent();
        if (own == nullptr || listed.empty()) return found;
        if (tells_too_little(listed)) return unclear(std::move(found), "省平台的服务清单没有给出名称或时间，无从认定");

        // What is pending may have left since this was read, and be listed: so many entries may be theirs.
        const auto pending = static_cast<std::size_t>(std::count_if(
            work_.sent.begin(), work_.sent.end(), [&](const SentService& one) { return one.pending && &one != own; }));
        std::erase_if(listed, [&](const KnownService& one) { return !same_name(*own, one); });
        std::vector<const SentService*> sent;
        for (const auto& one : work_.sent) {
            const bool of_its_name = by_ == ports::IdentifiedBy::time ? same_key(*own, one) : own->name == one.name;
            if (&one == own || (of_its_name && !one.pending)) sent.push_back(&one);
        }
        if (listed.size() > sent.size() + pending) {
            found.listing = Listing::doubled;
            found.why = "省平台有 " + std::to_string(listed.size()) + " 条“" + own->name + "”，本中心发送了 " +
                        std::to_string(sent.size()) + " 条";
            return found;
        }
        const auto fits_nothing = [&](const KnownService& one) {
            return std::none_of(sent.begin(), sent.end(), [&](const auto* s) { return matches(*s, one); });
        };
        if (std::cmp_greater(std::count_if(listed.begin(), listed.end(), fits_nothing), pending))
            return unclear(std::move(found), "省平台的“" + own->name + "”与发送时间不符");
        const auto are_like_own = [&](const auto* s) { return same_key(*own, *s); };
        const auto fits_own = [&](const KnownService& one) { return matches(*own, one); };
        if (std::count_if(listed.begin(), listed.end(), fits_own) >
            std::count_if(sent.begin(), sent.end(), are_like_own)) {
            if (pending > 0) return found;  // asked again when they have settled
            found.listing = Listing::doubled;
            found.why = "省平台有多条“" + own->name + "”（" + own->time + "），本中心只发送了一条";
            return found;
        }

        // Those that nobody could tell apart, each in its order, without those whose numbers are known.
        std::erase_if(sent, [&](const auto* s) { return !same_key(*own, *s); });
        std::erase_if(listed, [&](const KnownService& one) {
            return !matches(*own, one) || std::any_of(sent.begin(), sent.end(), [&](const auto* s) {
                return s != own && s->number == one.number;
            });
        });
        std::erase_if(sent, [&](const auto* s) { return s != own && s->number != 0; });
        const auto place =
            static_cast<std::size_t>(std::distance(sent.begin(), std::find(sent.begin(), sent.end(), own)));
        if (place >= listed.size()) return found;
        found.listing = Listing::present;
        found.number = listed[place].number;
        return found;
    }

private:
    [[nodiscard]] const SentService* own_sent() const {
        const auto own = std::find_if(work_.sent.begin(), work_.sent.end(), [this](const SentService& one) {
            return one.evaluation_id == work_.evaluation.id;
        });
        return own == work_.sent.end() ? nullptr : &*own;
    }
    static bool contains(const std::vector<std::int32_t>& numbers, std::int32_t number) {
        return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    }
    static Found unclear(Found found, std::string why) {
        found.listing = Listing::unclear;
        found.why = std::move(why);
        return found;
    }
    [[nodiscard]] bool by_name() const {
        return by_ == ports::IdentifiedBy::name_and_time || by_ == ports::IdentifiedBy::name;
    }
    [[nodiscard]] bool by_time() const {
        return by_ == ports::IdentifiedBy::name_and_time || by_ == ports::IdentifiedBy::time;
    }
    [[nodiscard]] bool tells_too_little(const std::vector<KnownService>& listed) const {
        return by_ == ports::IdentifiedBy::nothing ||
               std::any_of(listed.begin(), listed.end(), [this](const auto& one) {
                   return (by_name() && one.service_name.empty()) || (by_time() && one.service_time.empty());
               });
    }
    // By time alone, “the name” is the time.
    [[nodiscard]] bool same_name(const SentService& sent, const KnownService& one) const {
        return by_name() ? sent.name == one.service_name : same_time(sent.time, one.service_time);
    }
    [[nodiscard]] bool matches(const SentService& sent, const KnownService& one) const {
        return (!by_name() || sent.name == one.service_name) && (!by_time() || same_time(sent.time, one.service_time));
    }
    // As the list could tell them apart: to the minute, where it tells no more.
    [[nodiscard]] bool same_key(const SentService& a, const SentService& b) const {
        return (!by_name() || a.name == b.name) &&
               (!by_time() || a.time.substr(0, resolution_) == b.time.substr(0, resolution_));
    }

    const ports::DeliveryWork& work_;
    const std::span<const KnownService> of_dossier_;
    const ports::IdentifiedBy by_;
    std::size_t resolution_ = std::string::npos;  // of the times that the list tells, in characters
};

}  // namespace

Found find_service(const ports::DeliveryWork& work, std::span<const KnownService> listed, ports::IdentifiedBy by) {
    std::vector<KnownService> of_dossier;
    std::copy_if(listed.begin(), listed.end(), std::back_inserter(of_dossier),
                 [&](const KnownService& one) { return one.project_no == work.dossier.project_no; });
    std::stable_sort(of_dossier.begin(), of_dossier.end(),
                     [](const KnownService& a, const KnownService& b) { return a.number < b.number; });
    return Comparison{work, of_dossier, by}.find();
}

}  // namespace hcp::app
