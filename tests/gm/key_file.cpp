#include "adapters/gm/key_file.hpp"

#include "adapters/gm/sm2_key.hpp"
#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using namespace std::string_literals;
using test::KeyFolder;

namespace {

const std::string mark = "\xEF\xBB\xBF";

}  // namespace

SCENARIO("a word is the one line of its file, whatever its editor put around it", "[gm][key_file]") {
    const KeyFolder files;
    for (const auto& text : {"TestWord-0001"s, "TestWord-0001\n"s, "TestWord-0001\r\n\r\n"s, " TestWord-0001 "s,
                             mark + "TestWord-0001\n", mark + "\n TestWord-0001"}) {
        const auto word = read_word_file(files.write("word", text));
        REQUIRE(word.has_value());
        CHECK(ports::as_text(word->view()) == "TestWord-0001");
    }
    CHECK(ports::as_text(read_word_file(files.write("word", "口令 一")).value().view()) == "口令 一");
}

SCENARIO("a second line, a hidden character or a foreign encoding in a word is refused, and each by its name",
         "[gm][key_file]") {
    const KeyFolder files;
    const auto error = [&](const std::string& text) { return read_word_file(files.write("word", text)).error(); };
    CHECK(error("word\nsecond\n") == key_file_errc::several_lines);
    CHECK(error("word\r\n\r\nsecond") == key_file_errc::several_lines);
    CHECK(error("word\rsecond") == key_file_errc::several_lines);
    CHECK(error(mark + "appWord:\nword") == key_file_errc::several_lines);
    CHECK(error("wo\0rd"s) == key_file_errc::not_a_text);
    CHECK(error("wo\trd") == key_file_errc::not_a_text);
    CHECK(error("\xBF\xDA\xC1\xEE") == key_file_errc::not_a_text);  // GBK
    CHECK(error("\xFF\xFEw\0o\0"s) == key_file_errc::not_a_text);   // UTF-16
    CHECK(error("wo\u200Brd") == key_file_errc::unseen);
    CHECK(error("word\u00A0") == key_file_errc::unseen);
    CHECK(error("word\u3000\n") == key_file_errc::unseen);
    CHECK(error(mark) == key_file_errc::bad_size);
    CHECK(error(mark + " \n") == key_file_errc::bad_size);
    for (const auto code : {key_file_errc::several_lines, key_file_errc::not_a_text, key_file_errc::unseen})
        CHECK(key_file_category().message(static_cast<int>(code)) != key_file_category().message(0));
}

SCENARIO("of a file of several words each line is one, and an empty one is none", "[gm][key_file]") {
    const KeyFolder files;
    const auto words = read_words_file(files.write("words", "db=a user=b\r\n\n  db=c 口令=d \n"));
    REQUIRE(words.has_value());
    REQUIRE(words->size() == 2);
    CHECK(ports::as_text((*words)[0].view()) == "db=a user=b");
    CHECK(ports::as_text((*words)[1].view()) == "db=c 口令=d");
    CHECK(read_words_file(files.write("words", "one\ntw\u200Bo\n")).error() == key_file_errc::unseen);
    CHECK(read_words_file(files.write("words", "\n\n")).error() == key_file_errc::bad_size);
}

SCENARIO("a byte order mark before a master key goes, and a NUL byte in one does not", "[gm][key_file]") {
    const KeyFolder files;
    const std::string text = domain::hex_text(test::pattern(32, 1));
    CHECK(Keyring::load(files.write("marked", mark + text + "\r\n")).value().current_id() ==
          Keyring::load(files.write("plain", text)).value().current_id());
    CHECK(Keyring::load(files.write("nul", text + "\0"s)).error() == key_file_errc::not_a_text);
}

SCENARIO("an SM2 key is read behind a byte order mark and behind text before BEGIN, by everybody alike",
         "[gm][key_file]") {
    const KeyFolder files;
    const auto pem = new_sm2_private_pem().value();
    const std::string own{ports::as_text(pem.view())};
    const auto key = sm2_private_from_pem(own).value();
    const auto other = sm2_public_pem(*key), hex = sm2_public_hex(*key);

    for (const auto& before : {""s, mark, "Bag Attributes\n    friendlyName: 中心\n"s, mark + "说明\r\n", "\n\n"s}) {
        INFO(before);
        CHECK(sm2_public_hex(*sm2_public_from_text(before + other).value()) == hex);
        const auto read = read_key_file(files.write("key", before + own)).value();
        CHECK(sm2_public_hex(*sm2_private_from_text(ports::as_text(read.view())).value()) == hex);
        CHECK(sm2_public_hex(*sm2_private_from_pem(ports::as_text(read.view())).value()) == hex);
    }
    CHECK(sm2_public_hex(*sm2_public_from_text(mark + hex + "\r\n").value()) == hex);
    for (const auto& wrong : {"说明\n"s + hex, "key: "s + other, other.substr(0, 60), "\0"s + other, ""s})
        CHECK(sm2_public_from_text(wrong).error() == ports::crypto_errc::bad_key);
}
