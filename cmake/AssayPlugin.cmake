# assay_add_plugin(<id> SOURCES file... [LINK lib...] [FLAGS flag...] [DEFINES def...] [OUTPUT_DIR folder])
#
# Builds plugins/<id>.so: a hidden-visibility module that exports assay_plugin_v1 and nothing else. The id is the
# variant id ("strings.interned"). FLAGS come after all other flags, so a build variant can say -O2 or -flto. A module
# with an OUTPUT_DIR is a test's own: it is not offered by `assay list` and gets no conformance test of itself.
set(ASSAY_PLUGIN_DIR ${CMAKE_BINARY_DIR}/plugins)

function(assay_add_plugin id)
  cmake_parse_arguments(arg "" "OUTPUT_DIR" "SOURCES;LINK;FLAGS;DEFINES" ${ARGN})
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "assay_add_plugin(${id}): SOURCES is missing")
  endif()
  set(output_dir ${ASSAY_PLUGIN_DIR})
  if(arg_OUTPUT_DIR)
    set(output_dir ${arg_OUTPUT_DIR})
  endif()
  add_library(${id} MODULE ${arg_SOURCES})
  set_target_properties(${id} PROPERTIES PREFIX "" SUFFIX ".so" OUTPUT_NAME ${id}
    LIBRARY_OUTPUT_DIRECTORY ${output_dir})
  target_link_libraries(${id} PRIVATE assay_sdk assay_warnings ${arg_LINK})
  target_compile_options(${id} PRIVATE ${arg_FLAGS})
  target_link_options(${id} PRIVATE ${arg_FLAGS}
    -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/plugin.map -Wl,--exclude-libs,ALL)
  if(NOT ASSAY_SANITIZE)  # a sanitizer's runtime lives in the program, not in the module
    target_link_options(${id} PRIVATE -Wl,--no-undefined)
  endif()
  string(REPLACE ";" " " flags_text "${arg_FLAGS}")
  string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
  string(STRIP "${CMAKE_CXX_FLAGS_${config}} ${ASSAY_BASE_ISA} ${flags_text}" build_text)
  target_compile_definitions(${id} PRIVATE ASSAY_VARIANT_ID="${id}"
    ASSAY_BUILD_TEXT="${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${build_text}" ${arg_DEFINES})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${id} PRIVATE -fno-gnu-unique)  # a UNIQUE symbol would keep the module from unloading
  endif()
  if(NOT arg_OUTPUT_DIR)
    set_property(GLOBAL APPEND PROPERTY ASSAY_PLUGINS ${id})
  endif()
endfunction()
