#pragma once
#include "adapters/web/form.hpp"
#include "adapters/web/router.hpp"
#include "adapters/web/staff_site.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What the routes of /api/v1/staff are made of. Each knows who asks; whoever is nobody gets 401.
namespace hcp::web {

struct StaffCall {
    const StaffContext& context;
    const Request& request;
    const Parameters& parameters;
    const app::DeskSession& session;

    [[nodiscard]] const domain::Viewer& viewer() const noexcept { return session.viewer; }
    [[nodiscard]] const std::string& actor() const noexcept { return session.viewer.staff_id; }
    [[nodiscard]] domain::Instant now() const { return context.services.clock.now(); }

    // Whether his roles let him do any of it at all: whom they do not is told so before anything else, and learns
    // nothing of what is there.
    [[nodiscard]] bool may_any(std::initializer_list<domain::Action> actions) const noexcept;

    [[nodiscard]] Response json(int status, const boost::json::value& body) const;
    // problem+json; `said` is what and the remedy, as text_of() of a refusal has them: “什么：怎么办”.
    [[nodiscard]] Response refused(int status, std::string_view code, std::string_view said,
                                   std::string_view field = {}, boost::json::array faults = {}) const;
    [[nodiscard]] Response not_allowed() const;
    [[nodiscard]] Response not_found() const;
    [[nodiscard]] Response bad_page() const;  // what StaffPage could not read
    [[nodiscard]] Response store_failure(const ports::error_code& error) const;
};

using StaffWork = std::function<Response(const StaffCall&)>;
// On a database thread.
void add_read(RouteTable&, const SharedStaff&, std::string pattern, StaffWork);
// On the writer; of our own pages only, and, where it brings a body, of JSON only.
void add_change(RouteTable&, const SharedStaff&, Method, std::string pattern, StaffWork);
// The same with much to read first: that on a database thread, and what it leaves to be done on the writer. The call's
// context and request live until then, nothing else of it.
using StaffPreparation = std::function<StaffContext::Prepared(const StaffCall&)>;
void add_prepared_change(RouteTable&, const SharedStaff&, Method, std::string pattern, StaffPreparation);

// The body of a change. What is not there is empty; what is of another type is a fault of that field.
class StaffBody {
public:
    explicit StaffBody(const StaffCall& call);

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::int32_t number(std::string_view name);
    template <class Id>
    [[nodiscard]] std::vector<Id> ids(std::string_view name);
    // Why nothing comes of it: the first thing that is wrong.
    [[nodiscard]] const std::optional<Response>& fault() const noexcept { return fault_; }

private:
    [[nodiscard]] const boost::json::value* find(std::string_view name) const;
    void wrong(std::string_view field, std::string_view said);

    const StaffCall& call_;
    boost::json::object object_;
    std::optional<Response> fault_;
};

// An id in a path or a query.
template <class Id>
[[nodiscard]] std::optional<Id> id_from(std::string_view text) noexcept {
    const auto number = domain::whole_number<std::int64_t>(text);
    if (!number || *number < 0) return std::nullopt;
    return Id{*number};
}

template <class Id>
std::vector<Id> StaffBody::ids(std::string_view name) {
    std::vector<Id> all;
    for (const auto& text : texts(name)) {
        const auto id = id_from<Id>(text);
        if (!id) {
            wrong(name, std::string{name} + " 中有的不是编号：重新选择");
            return {};
        }
        all.push_back(*id);
    }
    return all;
}

// A page of a list, as the query asks for it: `after` the last id that was seen, at most `limit` (100).
template <class Id>
struct StaffPage {
    Id after;
    std::size_t limit = 50;

    // Nothing: the query is not well-formed.
    [[nodiscard]] static std::optional<StaffPage> of(const Form& query) noexcept {
        StaffPage page;
        if (const auto text = query.first("after"); !text.empty()) {
            const auto id = id_from<Id>(text);
            if (!id) return std::nullopt;
            page.after = *id;
        }
        if (const auto text = query.first("limit"); !text.empty()) {
            const auto limit = domain::whole_number<std::size_t>(text);
            if (!limit || *limit == 0 || *limit > 100) return std::nullopt;
            page.limit = *limit;
        }
        return page;
    }
    [[nodiscard]] static std::optional<StaffPage> of(const Request& request) {
        const auto query = Form::parse(request.query);
        return query ? of(*query) : std::nullopt;
    }
    // Of a list whose latest come first.
    [[nodiscard]] std::optional<Id> before() const noexcept {
        return after == Id{} ? std::nullopt : std::optional{after};
    }
};

// How a refusal of a use case is told: its status, and its code, which programs read.
template <class Refusal>
struct RefusalCode {
    Refusal refusal;
    int status;
    std::string_view code;
};
template <class Refusal, std::size_t n>
[[nodiscard]] Response told(const StaffCall& call, Refusal refusal, const RefusalCode<Refusal> (&codes)[n]) {
    for (const auto& one : codes)
        if (one.refusal == refusal) return call.refused(one.status, one.code, text_of(refusal));
    return call.refused(409, "refused", text_of(refusal));
}
// What a use case answered: what was done as `told_done` says it, or the refusal.
template <class Done, class Refusal, std::size_t n, class Tell>
[[nodiscard]] Response answered(const StaffCall& call, const ports::result<std::variant<Done, Refusal>>& reply,
                                const RefusalCode<Refusal> (&codes)[n], const Tell& tell_done) {
    if (!reply) return call.store_failure(reply.error());
    if (const auto* const why = std::get_if<Refusal>(&*reply)) return told(call, *why, codes);
    return tell_done(std::get<Done>(*reply));
}

}  // namespace hcp::web
