# Compiler settings every target of ours shares: portable ISA, warnings as errors, ccache, mold, sanitizers.

# x86-64-v2 (2009: SSE4.2, POPCNT) runs on every machine our users have; faster ISAs are variants of their own.
set(ASSAY_BASE_ISA "-march=x86-64-v2" CACHE STRING "ISA flag of everything that is not an ISA variant")
option(ASSAY_SANITIZE "Build with address and undefined-behaviour sanitizers" OFF)

find_program(ASSAY_CCACHE ccache)
if(ASSAY_CCACHE)
  # Without this ccache keeps nothing that uses a precompiled header.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${ASSAY_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:${ASSAY_BASE_ISA}>)
add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-ffp-contract=off>)  # scores must be bit-equal everywhere
if(ASSAY_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(ASSAY_SANITIZE=1)
endif()

# Warnings are a property of our targets, not of the libraries they include.
add_library(assay_warnings INTERFACE)
target_compile_options(assay_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Werror
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wnon-virtual-dtor -Woverloaded-virtual>)

# For code that is compiled often and runs seldom (command lines, JSON, tests): half the compile time.
add_library(assay_cold INTERFACE)
target_compile_options(assay_cold INTERFACE $<IF:$<BOOL:${ASSAY_SANITIZE}>,-O0,$<$<CONFIG:Release>:-O1>>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)  # GCC 12 on std::string operator+ (GCC bug 105651)

find_package(Threads REQUIRED)
