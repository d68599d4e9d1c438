# What is installed, and the Debian package: cmake --install BUILD, or cpack --config BUILD/CPackConfig.cmake.
include(GNUInstallDirs)
install(TARGETS tickmark tickmark-verify RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS tickmark-extract RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES packaging/tickmark.service DESTINATION lib/systemd/system)
install(FILES packaging/tickmark.sysusers DESTINATION lib/sysusers.d RENAME tickmark.conf)
install(FILES packaging/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME tickmark)
install(FILES packaging/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME tickmark-verify)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs FILES_MATCHING PATTERN "*.md" PATTERN "adr" EXCLUDE
    PATTERN "contact-sheet" EXCLUDE)

# The pages of the manual say what --help says.
find_program(TICKMARK_HELP2MAN help2man)
if(TICKMARK_HELP2MAN)
    set(manuals "")
    foreach(program tickmark tickmark-verify)
        set(manual "${CMAKE_BINARY_DIR}/man/${program}.1")
        add_custom_command(OUTPUT "${manual}"
            COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/man"
            COMMAND "${TICKMARK_HELP2MAN}" --no-info --no-discard-stderr "--include=${CMAKE_SOURCE_DIR}/packaging/${program}.h2m"
                "--output=${manual}" "$<TARGET_FILE:${program}>"
            DEPENDS ${program} "${CMAKE_SOURCE_DIR}/packaging/${program}.h2m"
            COMMENT "Writing the manual of ${program}" VERBATIM)
        list(APPEND manuals "${manual}")
    endforeach()
    add_custom_target(manuals DEPENDS ${manuals})
    install(FILES ${manuals} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tickmark)
set(CPACK_PACKAGE_VENDOR Tickmark)
set(CPACK_PACKAGE_CONTACT "The Tickmark developers <tickmark@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Audit findings, archived evidence and signed bundles that anyone can verify")
set(CPACK_PACKAGE_DESCRIPTION "A server for management-system audits: it catalogs findings, hashes and archives the
evidence behind them, links every finding to the actions that answer it, and seals
the result into signed bundles that are verified without it.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "weasyprint, bubblewrap, fonts-liberation")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${CMAKE_SOURCE_DIR}/packaging/postinst;${CMAKE_SOURCE_DIR}/packaging/prerm;${CMAKE_SOURCE_DIR}/packaging/postrm")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
