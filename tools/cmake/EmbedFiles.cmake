# tickmark_embed(TARGET NAME [BASE folder] files...)
#   Makes files part of TARGET's library: tickmark::embedded::NAME() (header "tickmark/embedded/NAME.h", private to
#   TARGET) gives them sorted by path. Each is named by its file name, or by its path below BASE. A target without
#   sources of its own yet is passed over.
function(tickmark_embed target name)
    cmake_parse_arguments(ARG "" "BASE" "" ${ARGN})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
        return()
    endif()
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    set(folder "${CMAKE_BINARY_DIR}/embedded/${target}")
    set(header "${folder}/tickmark/embedded/${name}.h")
    set(source "${folder}/${name}.cpp")
    set(script "${CMAKE_SOURCE_DIR}/tools/cmake/embed_files.py")
    file(MAKE_DIRECTORY "${folder}/tickmark/embedded")
    file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT [=[
#pragma once
#include <span>
#include "tickmark/foundation/EmbeddedFile.h"
namespace tickmark::embedded {
[[nodiscard]] std::span<const EmbeddedFile> @name@() noexcept;
}
]=])
    add_custom_command(OUTPUT "${source}"
        COMMAND Python3::Interpreter "${script}" ${name} "${ARG_BASE}" "${source}" ${ARG_UNPARSED_ARGUMENTS}
        DEPENDS ${ARG_UNPARSED_ARGUMENTS} "${script}"
        COMMENT "Embedding ${name}" VERBATIM)
    target_sources(${target} PRIVATE "${source}")
    target_include_directories(${target} PRIVATE "${folder}")
endfunction()
