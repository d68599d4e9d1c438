# tickmark_language(CODE TEMPLATES OUT)
#   Compiles lang/CODE.po and sets OUT to the catalog, the words of the scripts and the translated copies of
#   TEMPLATES. Needs GNU gettext.
function(tickmark_language code templates out)
    find_program(TICKMARK_MSGFMT msgfmt REQUIRED)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    set(folder "${CMAKE_BINARY_DIR}/lang")
    set(made "${folder}/${code}.catalog" "${folder}/words-${code}.js")
    file(GLOB_RECURSE scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/templates/*.js")
    foreach(template IN LISTS templates)
        file(RELATIVE_PATH name "${CMAKE_SOURCE_DIR}/templates" "${template}")
        list(APPEND made "${folder}/templates/${code}/${name}")
    endforeach()
    set(tool "${CMAKE_SOURCE_DIR}/tools/lang")
    add_custom_command(OUTPUT ${made}
        COMMAND Python3::Interpreter "${tool}/build.py" "${CMAKE_SOURCE_DIR}/lang/${code}.po"
            "${CMAKE_SOURCE_DIR}/templates" "${folder}"
        COMMAND "${CMAKE_COMMAND}" -E touch ${made}
        DEPENDS "${CMAKE_SOURCE_DIR}/lang/${code}.po" "${tool}/build.py" "${tool}/template_texts.py"
            "${tool}/script_texts.py" ${templates} ${scripts}
        COMMENT "Compiling the language ${code}" VERBATIM)
    set(${out} ${made} PARENT_SCOPE)
endfunction()
