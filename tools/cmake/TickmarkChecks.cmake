# Checks that run with every build: the floors of the house, the SQL text, and the shape of the files.
# clang-tidy, its canary and the formatting run in tools/lint.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(tickmark_check name comment)
    add_custom_target(${name} ALL
        COMMAND Python3::Interpreter -B "${CMAKE_SOURCE_DIR}/tools/${name}.py" "${CMAKE_SOURCE_DIR}"
        COMMENT "${comment}" VERBATIM)
endfunction()
tickmark_check(check_floors "Checking that includes only point to lower floors")
tickmark_check(check_sql "Checking that the SQL text binds right on both engines")
tickmark_check(check_files "Checking that files are small, named after their type and free of macros")

include(TickmarkFuzz)
