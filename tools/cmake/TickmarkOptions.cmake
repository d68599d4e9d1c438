# Compiler settings that hold for every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set_property(GLOBAL PROPERTY GLOBAL_DEPENDS_NO_CYCLES ON)

option(TICKMARK_TESTS "Build the test programs" ON)
option(TICKMARK_FUZZ "Build the fuzz targets (clang only)" OFF)
set(TICKMARK_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
set(TICKMARK_COVERAGE OFF CACHE BOOL "Instrument for gcovr")

find_program(TICKMARK_CCACHE ccache)
if(TICKMARK_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${TICKMARK_CCACHE}")
endif()

add_library(tickmark_warnings INTERFACE)
target_compile_options(tickmark_warnings INTERFACE
    -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wcast-align -Wformat=2 -Wswitch-enum -Wundef)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(tickmark_warnings INTERFACE
        -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast)
endif()

add_library(tickmark_flags INTERFACE)
target_compile_options(tickmark_flags INTERFACE -fstack-protector-strong
    "$<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>" "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.")
target_link_options(tickmark_flags INTERFACE -Wl,-z,relro,-z,now)
if(TICKMARK_SANITIZE)
    target_compile_options(tickmark_flags INTERFACE -fsanitize=${TICKMARK_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(tickmark_flags INTERFACE -fsanitize=${TICKMARK_SANITIZE})
endif()
if(TICKMARK_COVERAGE)
    target_compile_options(tickmark_flags INTERFACE --coverage)
    target_link_options(tickmark_flags INTERFACE --coverage)
endif()
find_program(TICKMARK_MOLD mold)
if(TICKMARK_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_link_options(-fuse-ld=mold)
endif()
