# Each tests/fuzz/NAME.cpp becomes a libFuzzer program fuzz_NAME when TICKMARK_FUZZ is on (preset fuzz, clang).
# It links every module, and states what it feeds in LLVMFuzzerTestOneInput. Seeds lie in tests/fuzz/corpus/NAME/.
# tools/fuzz runs them; ctest runs each for a moment over its seeds, as a test that the target still stands.
if(NOT TICKMARK_FUZZ)
    return()
endif()
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "The fuzz targets need clang: cmake --preset fuzz")
endif()

file(GLOB fuzz_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/fuzz/*.cpp")
foreach(source IN LISTS fuzz_sources)
    get_filename_component(name "${source}" NAME_WE)
    add_executable(fuzz_${name} "${source}")
    target_include_directories(fuzz_${name} PRIVATE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/tests")
    target_link_libraries(fuzz_${name} PRIVATE tickmark_app tickmark_warnings)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(corpus "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name}")
    if(NOT IS_DIRECTORY "${corpus}")
        set(corpus "")
    endif()
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} -runs=2000 -max_len=65536 -timeout=10 ${corpus})
    set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz)
endforeach()
