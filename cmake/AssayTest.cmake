# assay_add_test(<name> SOURCES file... [LINK lib...] [DEFINES def...] [WHOLE])
#
# One GoogleTest program. Tests read the tree through ASSAY_SOURCE_DIR and shared data through ASSAY_SHARED_DIR
# (absent on a user's machine: such tests skip with a reason). WHOLE: ctest runs the program once, not once per case, for
# cases that share an expensive set-up.
find_package(GTest REQUIRED)
include(GoogleTest)
set(ASSAY_SHARED_DIR "${CMAKE_SOURCE_DIR}/../shared" CACHE PATH "Oracle and public data sets, optional")

# Under the sanitizers tests without any optimization take four times as long.
set(ASSAY_TEST_COLD $<$<NOT:$<BOOL:${ASSAY_SANITIZE}>>:assay_cold>)

# GoogleTest and JSON headers are half of a test's compile time; they are parsed once, by this program, for all tests.
function(assay_make_test_headers)
  if(TARGET assay_test_headers)
    return()
  endif()
  file(WRITE ${CMAKE_BINARY_DIR}/obj/test_headers.cpp "int main() {}\n")
  add_executable(assay_test_headers ${CMAKE_BINARY_DIR}/obj/test_headers.cpp)
  target_link_libraries(assay_test_headers PRIVATE GTest::gmock GTest::gtest assay_warnings ${ASSAY_TEST_COLD})
  target_precompile_headers(assay_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp>)
endfunction()

# The targets part_matcher, part_matcher_gpu and part_matcher_gpu_kernels build the tests of all that is below these folders.
function(assay_add_to_parts name folder)
  string(REPLACE "/" ";" steps ${folder})
  set(part part)
  foreach(step IN LISTS steps)
    string(APPEND part _${step})
    if(NOT TARGET ${part})
      add_custom_target(${part})
    endif()
    add_dependencies(${part} ${name})
  endforeach()
endfunction()

function(assay_add_test name)
  assay_make_test_headers()
  cmake_parse_arguments(arg "WHOLE" "" "SOURCES;LINK;DEFINES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main assay_warnings ${ASSAY_TEST_COLD})
  target_precompile_headers(${name} REUSE_FROM assay_test_headers)
  target_compile_definitions(${name} PRIVATE ASSAY_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    ASSAY_BINARY_DIR="${CMAKE_BINARY_DIR}" ASSAY_SHARED_DIR="${ASSAY_SHARED_DIR}" ${arg_DEFINES})
  # The folder below tests/ ("matcher/io") is the tests' label.
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
  assay_add_to_parts(${name} ${folder})
  if(arg_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 LABELS ${folder})
    return()
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES PROPERTIES TIMEOUT 300 LABELS ${folder})
endfunction()
