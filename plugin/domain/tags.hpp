#pragma once
#include "plugin/domain/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::domain {

// M8.2: what a review is about.
enum class Head : std::int32_t { items = 1, process = 2, conduct = 3, platform = 4 };

[[nodiscard]] constexpr std::string_view text_of(Head head) noexcept {
    switch (head) {
        case Head::items:
            return "服务事项的设置";
        case Head::process:
            return "办事流程的优化";
        case Head::conduct:
            return "服务行为的规范";
        case Head::platform:
            return "平台服务的改进";
    }
    return "";
}

// "2020-05", the month from which a generation is offered; "2020-05.2" to "2020-05.9" are further ones of that month.
// Text order is time order. A form that no spreadsheet takes for a date of its own once the cell is text, and that is
// not what it makes of one that is not (May-20, 2020-05-01).
[[nodiscard]] bool is_tag_version(std::string_view text) noexcept;

// A reason that may be tapped. `code` is the province's; its first digit is the level.
struct Tag {
    std::string version;  // the generation it belongs to, as is_tag_version has it
    Level level = Level::very_satisfied;
    std::string code, text;
    Head head = Head::items;
    bool expanded = false;  // shown only when more are asked for
    friend bool operator==(const Tag&, const Tag&) = default;
};

enum class TagProblem : std::int32_t {
    unknown,      // no such code in any generation
    retired,      // of an older generation: may be shown, not chosen
    other_level,  // belongs to another level
    repeated,
};

struct TagFault {
    std::string code;
    TagProblem problem;
    friend bool operator==(const TagFault&, const TagFault&) = default;
};

// All generations of tags (M5.3). The youngest is offered; the older ones stay, so that an old evaluation reads as it
// was written.
class TagBook {
public:
    // Keeps the order of `tags` within a generation and level: it is the order on the page.
    explicit TagBook(std::vector<Tag> tags = {});

    [[nodiscard]] std::string_view version() const noexcept;  // the generation offered; empty when there are no tags
    [[nodiscard]] std::span<const Tag> offered(Level level) const noexcept;

    // The tag of that code in the youngest generation that has it, or in the one named.
    [[nodiscard]] const Tag* find(std::string_view code) const noexcept;
    [[nodiscard]] const Tag* find(std::string_view version, std::string_view code) const noexcept;

    // The first thing wrong with a selection for `level`; nothing when it may be taken. No tags at all is a valid
    // selection here.
    [[nodiscard]] std::optional<TagFault> check(Level level, std::span<const std::string> codes) const;

    [[nodiscard]] std::span<const Tag> tags() const noexcept {
        return tags_;
    }  // youngest generation first, then best level first
    friend bool operator==(const TagBook&, const TagBook&) = default;

private:
    std::vector<Tag> tags_;
};

}  // namespace hcp::domain
