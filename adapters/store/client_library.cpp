#include "adapters/store/client_library.hpp"

#include <soci/error.h>

#include <dlfcn.h>

#include <string>

namespace hcp::store {

void* client_library(std::span<const char* const> names) {
    for (const auto* name : names)
        if (auto* const found = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return found;
    return nullptr;
}

bool has_function(void* library, const char* name) {
    return library != nullptr && dlsym(library, name) != nullptr;
}

void* client_function(void* library, const char* name) {
    auto* const found = library == nullptr ? nullptr : dlsym(library, name);
    if (found == nullptr) throw soci::soci_error{std::string{"数据库客户端库中没有函数 "} + name};
    return found;
}

}  // namespace hcp::store
