# tickmark_module(NAME FLOOR n [USES modules...] [LINKS targets...])
#   One static library from src/NAME/**.cpp with its headers in include/tickmark/NAME/, and one Boost.Test
#   program NAME_tests from tests/NAME/*.cpp. USES names the modules below it; LINKS the libraries from
#   outside, which stay private to the module.
function(tickmark_module name)
    cmake_parse_arguments(ARG "" "FLOOR" "USES;LINKS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
    set(public_uses ${ARG_USES})
    list(TRANSFORM public_uses PREPEND "tickmark_")
    if(sources)
        add_library(tickmark_${name} STATIC ${sources})
        target_include_directories(tickmark_${name} PUBLIC "${CMAKE_SOURCE_DIR}/include"
            PRIVATE "${CMAKE_SOURCE_DIR}/src")
        target_link_libraries(tickmark_${name} PUBLIC ${public_uses} PRIVATE ${ARG_LINKS} tickmark_warnings
            PUBLIC tickmark_flags)
        set_target_properties(tickmark_${name} PROPERTIES TICKMARK_FLOOR "${ARG_FLOOR}")
    else()
        add_library(tickmark_${name} INTERFACE)
        target_include_directories(tickmark_${name} INTERFACE "${CMAKE_SOURCE_DIR}/include")
        target_link_libraries(tickmark_${name} INTERFACE ${public_uses} tickmark_flags)
    endif()
    tickmark_tests(${name} USES ${name} LINKS ${ARG_LINKS})
endfunction()

# tickmark_tests(NAME USES modules... [LINKS targets...]): Boost.Test program NAME_tests from tests/NAME/*.cpp.
# Files named *_contract.cpp carry the label contract through their suite; all others are unit tests.
function(tickmark_tests name)
    cmake_parse_arguments(ARG "" "LABEL" "USES;LINKS" ${ARGN})
    file(GLOB tests CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${name}/*.cpp")
    if(NOT TICKMARK_TESTS OR NOT tests)
        return()
    endif()
    if(NOT ARG_LABEL)
        set(ARG_LABEL unit)
    endif()
    list(TRANSFORM ARG_USES PREPEND "tickmark_")
    if(NOT TARGET tickmark_test_main)
        add_library(tickmark_test_main OBJECT "${CMAKE_SOURCE_DIR}/tests/support/main.cpp")
        target_compile_definitions(tickmark_test_main PRIVATE BOOST_TEST_DYN_LINK)
        target_link_libraries(tickmark_test_main PRIVATE tickmark_flags Boost::unit_test_framework)
    endif()
    add_executable(${name}_tests ${tests} "$<TARGET_OBJECTS:tickmark_test_main>")
    target_include_directories(${name}_tests PRIVATE "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_SOURCE_DIR}/src")
    target_compile_definitions(${name}_tests PRIVATE BOOST_TEST_DYN_LINK
        TICKMARK_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TICKMARK_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    target_link_libraries(${name}_tests PRIVATE ${ARG_USES} ${ARG_LINKS} Boost::unit_test_framework
        tickmark_warnings)
    # Under sanitizers Boost.Test's macros take most of the compile time: the code under test stays optimised, and its
    # undefined behaviour is watched in its own files.
    if(TICKMARK_SANITIZE)
        target_compile_options(${name}_tests PRIVATE -O0)
        # At the source, because a target's own options come before those it links.
        set_source_files_properties(${tests} PROPERTIES COMPILE_OPTIONS -fno-sanitize=undefined)
    endif()
    # Every test program and nothing else: what a preset that only runs them builds.
    if(NOT TARGET test_programs)
        add_custom_target(test_programs)
    endif()
    add_dependencies(test_programs ${name}_tests)
    # The XML is what tools/test counts test cases from.
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/test-results")
    add_test(NAME ${name} COMMAND ${name}_tests --report_level=short
        "--logger=HRF,error,stdout:JUNIT,error,${CMAKE_BINARY_DIR}/test-results/${name}.xml")
    # What the libraries keep until the process ends is no leak of ours.
    set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL}
        ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/leaks.supp:print_suppressions=0")
endfunction()

# tickmark_program(NAME SOURCES files... USES modules... [LINKS targets...]): an executable in build/<preset>/bin/.
function(tickmark_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
    foreach(source IN LISTS ARG_SOURCES)
        if(NOT EXISTS "${CMAKE_SOURCE_DIR}/${source}")
            return()
        endif()
    endforeach()
    list(TRANSFORM ARG_USES PREPEND "tickmark_")
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${name} PRIVATE ${ARG_USES} ${ARG_LINKS} tickmark_warnings)
endfunction()

