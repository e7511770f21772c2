#pragma once
#include <span>

namespace hcp::store {

// A client library is the installation's own: its functions are looked up at their first call (decision 0012). Never
// closed: such a library registers exit handlers, and a host may use it as well. Null where none of `names` is there.
[[nodiscard]] void* client_library(std::span<const char* const> names);

[[nodiscard]] bool has_function(void* library, const char* name);

// Throws soci::soci_error where there is no library, or no such function in it.
[[nodiscard]] void* client_function(void* library, const char* name);

}  // namespace hcp::store

// Defines a function of a client's header in C; the parameters are the header's own: a declaration that differs does
// not compile. `library` answers where to look.
// NOLINTBEGIN(bugprone-macro-parentheses): a type and a list of parameters take none.
#define HCP_FORWARD(library, result, name, parameters, arguments)                                  \
    result name parameters {                                                                       \
        static auto* const theirs =                                                                \
            reinterpret_cast<result(*) parameters>(hcp::store::client_function(library(), #name)); \
        return theirs arguments;                                                                   \
    }
// NOLINTEND(bugprone-macro-parentheses)
