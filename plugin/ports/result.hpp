#pragma once
#include <boost/system/result.hpp>

namespace hcp::ports {

template <class T>
using result = boost::system::result<T>;
using boost::system::error_code;

}  // namespace hcp::ports

// NOLINTBEGIN(bugprone-macro-parentheses): `decl` is a declaration, which no parentheses may enclose.
// Hands an error on, or goes on with the value: HCP_TRY(auto rows, unit.cases_by_key(keys)); HCP_CHECK for
// result<void>.
#define HCP_TRY_CAT2(a, b) a##b
#define HCP_TRY_CAT(a, b) HCP_TRY_CAT2(a, b)
#define HCP_TRY_IMPL(tmp, decl, expr)        \
    auto tmp = (expr);                       \
    if (!tmp) return std::move(tmp).error(); \
    decl = std::move(*tmp)
#define HCP_TRY(decl, expr) HCP_TRY_IMPL(HCP_TRY_CAT(hcp_try_, __COUNTER__), decl, expr)
#define HCP_CHECK_IMPL(tmp, expr) \
    if (auto tmp = (expr); !tmp) return tmp.error()
#define HCP_CHECK(expr) HCP_CHECK_IMPL(HCP_TRY_CAT(hcp_check_, __COUNTER__), expr)
// NOLINTEND(bugprone-macro-parentheses)
