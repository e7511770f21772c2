#pragma once
#include "adapters/store/values.hpp"
#include "plugin/run/mutex.hpp"

#include <string>
#include <string_view>

namespace hcp::store {

// What a database said of a failure, fit for an operator's log: its number and at most `most_complaint_bytes` of its
// text, in one line. Of data that it refuses a database repeats the values, so there is the number alone; and
// elsewhere the text ends before the first quotation that is more than a name.
inline constexpr std::size_t most_complaint_bytes = 300;
[[nodiscard]] std::string complaint_of(store_errc, std::string_view number, std::string_view text);

// That of the exception being handled; call it in a catch block. Empty when no database said it.
[[nodiscard]] std::string current_complaint();

// The last one, of any thread. A database that refuses data has nothing to complain of.
class LastComplaint {
public:
    // Of a call that ended in `code`.
    void keep(store_errc code, std::string said);
    [[nodiscard]] std::string said() const;

private:
    mutable run::Mutex mutex_;
    std::string said_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::store
