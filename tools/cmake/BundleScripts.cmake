# tickmark_bundle_scripts(OUT)
#   Bundles templates/scripts/*.js with the npm packages they use and sets OUT to the files made: one of the same
#   name for each script, and third-party.txt with the licences. Needs Node and npm; what is pinned is installed.
function(tickmark_bundle_scripts out)
    find_program(TICKMARK_NPM npm REQUIRED)
    set(folder "${CMAKE_BINARY_DIR}/scripts")
    set(tool "${CMAKE_SOURCE_DIR}/tools/assets")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/templates/scripts/*.js")
    file(GLOB entries CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/templates/scripts/*.js")
    set(made "${folder}/third-party.txt")
    foreach(entry IN LISTS entries)
        get_filename_component(name "${entry}" NAME)
        list(APPEND made "${folder}/${name}")
    endforeach()
    add_custom_command(OUTPUT ${made}
        COMMAND "${tool}/build" "${folder}"
        DEPENDS ${sources} "${tool}/build" "${tool}/build.mjs" "${tool}/package-lock.json"
            "${CMAKE_SOURCE_DIR}/tools/lib/licences.mjs" "${CMAKE_SOURCE_DIR}/tools/lib/npm.sh"
        COMMENT "Bundling the scripts of the pages" VERBATIM)
    set(${out} ${made} PARENT_SCOPE)
endfunction()
