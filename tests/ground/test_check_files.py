"""check_files.py refuses sources that are too long, grab-bags, wrongly named, or that define macros."""
import unittest

import check_files


def complaints(name, text):
    return list(check_files.file_complaints(name, text))


class Files(unittest.TestCase):
    def test_a_plain_header_passes(self):
        self.assertEqual(complaints("include/tickmark/domain/Finding.h", "// Findings.\n#pragma once\n"), [])

    def test_a_long_file_is_refused(self):
        self.assertEqual(complaints("src/domain/Finding.cpp", "\n" * 400), [])
        self.assertEqual(len(complaints("src/domain/Finding.cpp", "\n" * 401)), 1)

    def test_grab_bags_are_refused(self):
        for stem in ("Utils", "StringUtil", "TestHelpers", "Common", "Misc"):
            self.assertTrue(complaints(f"src/domain/{stem}.cpp", ""), stem)
        self.assertEqual(complaints("src/domain/Utility.cpp", ""), [])

    def test_a_file_is_named_after_its_type(self):
        self.assertEqual(len(complaints("src/domain/finding_state.cpp", "")), 1)
        self.assertEqual(complaints("src/apps/tickmark-verify.cpp", ""), [])

    def test_macros_are_refused(self):
        self.assertEqual(len(complaints("src/domain/Finding.cpp", "#include <a>\n#define MAX 3\n")), 1)
        self.assertEqual(len(complaints("src/domain/Finding.cpp", "#define MAX 3\n")), 1)

    def test_a_setting_of_a_library_is_no_macro_of_ours(self):
        self.assertEqual(complaints("src/codec/Schema.cpp", "#define VALIJSON_USE_EXCEPTIONS 1\n#include <v.hpp>\n"), [])

    def test_a_header_has_its_guard_and_its_comment(self):
        self.assertEqual(len(complaints("include/tickmark/domain/Finding.h", "struct Finding {};\n")), 2)

    def test_work_left_undone_is_refused(self):
        self.assertEqual(len(complaints("src/domain/Finding.cpp", "// TODO: later\n")), 1)


if __name__ == "__main__":
    unittest.main()
