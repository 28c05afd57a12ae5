# cmake -DROOT=<folder> -DOUTPUT=<file.cpp> -P embed_headers.cmake <header>...: the texts of the headers, named as they
# are included, as a C++ array.
set(entries "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(argument RANGE 5 ${last})
  set(name ${CMAKE_ARGV${argument}})
  file(READ ${ROOT}/${name} text)
  if(text MATCHES "\\)__\"")
    message(FATAL_ERROR "${name}: holds the end mark of a raw string")
  endif()
  string(REGEX REPLACE "^matcher/gpu/kernels/nvrtc/" "" name ${name})
  string(APPEND entries "    {\"${name}\", R\"__(${text})__\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"plugins/gpu/kernel_headers.hpp\"\n
namespace assay::gpu {\n
std::map<std::string, std::string> kernel_headers() {
  return {\n${entries}  };\n}\n
}  // namespace assay::gpu\n")
