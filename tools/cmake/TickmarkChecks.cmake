# Checks that run with every build: the floors of the house and the SQL text. All others run in tools/lint.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(tickmark_check name comment)
    add_custom_target(${name} ALL
        COMMAND Python3::Interpreter -B "${CMAKE_SOURCE_DIR}/tools/${name}.py" "${CMAKE_SOURCE_DIR}"
        COMMENT "${comment}" VERBATIM)
endfunction()
tickmark_check(check_floors "Checking that includes only point to lower floors")
tickmark_check(check_sql "Checking that the SQL text binds right on both engines")

include(TickmarkFuzz)
