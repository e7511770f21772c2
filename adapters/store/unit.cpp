#include "adapters/store/unit.hpp"

namespace hcp::store {

store_errc current_error(const Dialect& dialect) noexcept {
    try {
        throw;
    } catch (const StoreError& e) {
        return e.code;
    } catch (const std::exception& e) {
        return dialect.classify(e);
    } catch (...) {
        return store_errc::unavailable;
    }
}

}  // namespace hcp::store
