# Compiler settings every target of ours shares: portable ISA, warnings as errors, ccache, mold, sanitizers.

# x86-64-v2 (2009: SSE4.2, POPCNT) runs on every machine our users have; faster ISAs are variants of their own.
set(ASSAY_BASE_ISA "-march=x86-64-v2" CACHE STRING "ISA flag of everything that is not an ISA variant")
option(ASSAY_SANITIZE "Build with address and undefined-behaviour sanitizers" OFF)

find_program(ASSAY_CCACHE ccache)
if(ASSAY_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${ASSAY_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ASSAY_CCACHE})
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

find_package(Threads REQUIRED)
