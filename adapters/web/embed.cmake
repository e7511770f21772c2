# cmake -DROOT=pages -DFILES=a;b -DOUT=embedded_files.cpp -P embed.cmake: the files as arrays, with content hashes.
set(arrays "")
set(rows "")
set(n 0)
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  file(SHA256 ${ROOT}/${file} hash)
  file(SIZE ${ROOT}/${file} size)
  string(SUBSTRING ${hash} 0 16 hash)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char file_${n}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${file}\", \"${hash}\", {file_${n}, ${size}}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "#include \"adapters/web/embedded.hpp\"
namespace hcp::web {
namespace {
${arrays}constexpr Embedded files[] = {
${rows}};
}  // namespace
std::span<const Embedded> embedded_files() noexcept { return files; }
}  // namespace hcp::web
")
