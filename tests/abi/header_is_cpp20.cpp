// Compiles, and that is the test: the header alone, in C++20, without a warning, and its structs are plain.
#include "plugin/abi/haochaping.h"

#include <type_traits>

template <class... T>
constexpr bool plain = (... && (std::is_standard_layout_v<T> && std::is_trivial_v<T>));

static_assert(plain<hcp_text, hcp_subject, hcp_staff, hcp_completion, hcp_withdrawal, hcp_bids_opened, hcp_visit,
                    hcp_result, hcp_rating, hcp_plugin, hcp_host, hcp_ext_completion_hooks, hcp_ext_completion_scan,
                    hcp_identity, hcp_ext_identity, hcp_ext_notify, hcp_ext_clock>);
