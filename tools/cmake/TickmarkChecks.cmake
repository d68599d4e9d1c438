# Checks that run with every build: the floors of the house, and the SQL text.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_custom_target(check_floors ALL
    COMMAND Python3::Interpreter "${CMAKE_SOURCE_DIR}/tools/check_floors.py" "${CMAKE_SOURCE_DIR}"
    COMMENT "Checking that includes only point to lower floors" VERBATIM)
