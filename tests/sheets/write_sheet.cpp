// The sample as XLSX, on stdout.
#include "adapters/sheets/xlsx.hpp"
#include "tests/sheets/sample.hpp"

#include <cstdio>

int main() {
    const auto file = hcp::sheets::xlsx_of(hcp::test::sample_sheet());
    if (!file) {
        std::fprintf(stderr, "%s\n", file.error().message().c_str());
        return 1;
    }
    return std::fwrite(file->data(), 1, file->size(), stdout) == file->size() ? 0 : 1;
}
