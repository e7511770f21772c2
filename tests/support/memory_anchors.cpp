#include "tests/support/memory_anchors.hpp"

#include <algorithm>

namespace hcp::test {
namespace {

bool would_read_back(const ports::Anchor& anchor) {
    return anchor.at >= domain::Instant{} && anchor.head.lane >= 0 && anchor.head.seq >= 0 && !anchor.signature.empty();
}

}  // namespace

void MemoryAnchorFile::spoil(std::int64_t line) {
    const run::Lock lock{mutex_};
    lines_.at(static_cast<std::size_t>(line - 1)).reset();
}

ports::result<void> MemoryAnchors::append(const std::vector<ports::Anchor>& anchors) {
    if (!std::all_of(anchors.begin(), anchors.end(), would_read_back))
        return make_error_code(boost::system::errc::invalid_argument);
    const run::Lock lock{file_.mutex_};
    file_.lines_.insert(file_.lines_.end(), anchors.begin(), anchors.end());
    return {};
}

ports::result<ports::Anchors::Content> MemoryAnchors::read() {
    const run::Lock lock{file_.mutex_};
    Content content;
    std::int64_t number = 0;
    for (const auto& line : file_.lines_) {
        ++number;
        if (line)
            content.anchors.push_back(*line);
        else
            content.unreadable_lines.push_back(number);
    }
    return content;
}

}  // namespace hcp::test
