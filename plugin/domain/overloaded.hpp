#pragma once

namespace hcp::domain {

// One call operator of several lambdas, so that a visitor which forgets an alternative does not compile.
template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace hcp::domain
