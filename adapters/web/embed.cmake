# cmake -DFILES=name>path;… -DGZIP=gzip -DBROTLI=brotli -DOUT=embedded_files.cpp -P embed.cmake: the files as literals, with
# content hashes; those that are served as they are compressed as well, once and as small as can be.
set(literals "")
set(rows "")
set(n 0)
# literal(NAME FILE): appends the bytes of FILE
function(literal name file)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${hex}")
  file(SIZE ${file} size)
  set(literals "${literals}constexpr std::string_view ${name}{\"${bytes}\", ${size}};\n" PARENT_SCOPE)
endfunction()
foreach(file IN LISTS FILES)
  string(REGEX MATCH "^([^>]+)>(.+)$" parts "${file}")
  set(name ${CMAKE_MATCH_1})
  set(source ${CMAKE_MATCH_2})
  if(name MATCHES "^assets/.*\\.js$")  # its comments are for whoever reads the source
    file(READ ${source} script)
    string(REGEX REPLACE "(^|\n) *//[^\n]*" "" script "${script}")
    set(source ${OUT}.js)
    file(WRITE ${source} "${script}")
  endif()
  file(SHA256 ${source} hash)
  string(SUBSTRING ${hash} 0 16 hash)
  literal(file_${n} ${source})
  set(compressed "{}, {}")
  if(name MATCHES "^(assets|desk)/")
    # -n: neither name nor time of the file, so that the same source builds the same module.
    execute_process(COMMAND ${GZIP} -9nc ${source} OUTPUT_FILE ${OUT}.gz COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${BROTLI} -q 11 -c ${source} OUTPUT_FILE ${OUT}.br COMMAND_ERROR_IS_FATAL ANY)
    literal(gzip_${n} ${OUT}.gz)
    literal(brotli_${n} ${OUT}.br)
    file(REMOVE ${OUT}.gz ${OUT}.br ${OUT}.js)
    set(compressed "gzip_${n}, brotli_${n}")
  endif()
  string(APPEND rows "    {\"${name}\", \"${hash}\", file_${n}, ${compressed}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "#include \"adapters/web/embedded.hpp\"
namespace hcp::web {
namespace {
${literals}constexpr Embedded files[] = {
${rows}};
}  // namespace
std::span<const Embedded> embedded_files() noexcept { return files; }
}  // namespace hcp::web
")
