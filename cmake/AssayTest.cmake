# assay_add_test(<name> SOURCES file... [LINK lib...] [DEFINES def...])
#
# One GoogleTest program. Tests read the tree through ASSAY_SOURCE_DIR and shared data through ASSAY_SHARED_DIR
# (absent on a user's machine: such tests skip with a reason).
find_package(GTest REQUIRED)
include(GoogleTest)
set(ASSAY_SHARED_DIR "${CMAKE_SOURCE_DIR}/../shared" CACHE PATH "Oracle and public data sets, optional")

function(assay_add_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;DEFINES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main assay_warnings)
  target_compile_definitions(${name} PRIVATE ASSAY_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    ASSAY_BINARY_DIR="${CMAKE_BINARY_DIR}" ASSAY_SHARED_DIR="${ASSAY_SHARED_DIR}" ${arg_DEFINES})
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()
