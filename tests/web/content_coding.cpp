#include "adapters/web/content_coding.hpp"

#include "adapters/web/embedded.hpp"
#include "tests/web/web_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("a coding is taken when it is named and not refused", "[web]") {
    using web::best_coding;
    CHECK(best_coding("gzip, deflate, br") == "br");
    CHECK(best_coding("gzip, deflate") == "gzip");
    CHECK(best_coding("br;q=0, gzip;q=0.5") == "gzip");
    CHECK(best_coding("br; q=0.000 , gzip ; q=0.") == "");
    CHECK(best_coding("br;q=0.001") == "br");
    for (const auto* none : {"", "identity", "*", "deflate", "brr", "xgzip", ",,;", ";q=1"}) {
        INFO(none);
        CHECK(best_coding(none).empty());
    }
}

SCENARIO("assets go out compressed to whoever takes that, and caches are told", "[web]") {
    WebDesk desk;
    const auto& css = *web::embedded_file("assets/site.css");
    web::Request request;
    request.method = web::Method::get;
    request.path = web::asset_path(css.name);
    CHECK(desk.ask(request).body == css.bytes);
    CHECK(header(desk.ask(request), "Content-Encoding").empty());
    CHECK(header(desk.ask(request), "Vary") == "Accept-Encoding");
    request.accept_encoding = "gzip, deflate, br";
    const auto brotli = desk.ask(request);
    CHECK(header(brotli, "Content-Encoding") == "br");
    CHECK(header(brotli, "Vary") == "Accept-Encoding");
    CHECK(brotli.body == css.brotli);
    request.accept_encoding = "gzip";
    CHECK(desk.ask(request).body == css.gzip);
    CHECK(css.gzip.starts_with("\x1f\x8b"));
    for (const auto& file : web::embedded_files()) {
        INFO(file.name);
        const bool asset =
            !file.name.ends_with(".mustache") && !file.name.ends_with("openapi.json") && file.name != "phrases.txt";
        CHECK(file.gzip.empty() != asset);
        CHECK(file.brotli.empty() != asset);
        if (asset) CHECK(file.brotli.size() < file.bytes.size() / 2);
    }
}
