# cmake -DROOT=pages -DFILES=a;b -DGZIP=gzip -DBROTLI=brotli -DOUT=embedded_files.cpp -P embed.cmake: the files as arrays, with
# content hashes; those below assets/ compressed as well, once and as small as can be.
set(arrays "")
set(rows "")
set(n 0)
# array(NAME FILE): appends the bytes of FILE; NAME_size says how many
function(array name file)
  file(READ ${file} hex HEX)
  file(SIZE ${file} size)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  set(arrays "${arrays}constexpr char ${name}[] = {${bytes}};\n" PARENT_SCOPE)
  set(${name}_size ${size} PARENT_SCOPE)
endfunction()
foreach(file IN LISTS FILES)
  set(source ${ROOT}/${file})
  if(file MATCHES "\\.js$")  # its comments are for whoever reads the source
    file(READ ${source} script)
    string(REGEX REPLACE "(^|\n) *//[^\n]*" "" script "${script}")
    set(source ${OUT}.js)
    file(WRITE ${source} "${script}")
  endif()
  file(SHA256 ${source} hash)
  string(SUBSTRING ${hash} 0 16 hash)
  array(file_${n} ${source})
  set(compressed "{}, {}")
  if(file MATCHES "^assets/")
    # -n: neither name nor time of the file, so that the same source builds the same module.
    execute_process(COMMAND ${GZIP} -9nc ${source} OUTPUT_FILE ${OUT}.gz COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${BROTLI} -q 11 -c ${source} OUTPUT_FILE ${OUT}.br COMMAND_ERROR_IS_FATAL ANY)
    array(gzip_${n} ${OUT}.gz)
    array(brotli_${n} ${OUT}.br)
    file(REMOVE ${OUT}.gz ${OUT}.br ${OUT}.js)
    set(compressed "{gzip_${n}, ${gzip_${n}_size}}, {brotli_${n}, ${brotli_${n}_size}}")
  endif()
  string(APPEND rows "    {\"${file}\", \"${hash}\", {file_${n}, ${file_${n}_size}}, ${compressed}},\n")
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
