"""check_floors.py refuses arrows that point up, private headers of others, and libraries that have an owner."""
import pathlib
import tempfile
import unittest

import check_floors


class Floors(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def complaints(self):
        return list(check_floors.complaints(self.root))

    def test_a_module_may_include_a_lower_floor(self):
        self.write("src/app/A.cpp", '#include "tickmark/domain/Finding.h"\n#include <vector>\n')
        self.write("include/tickmark/domain/Finding.h", '#include "tickmark/foundation/Id.h"\n')
        self.assertEqual(self.complaints(), [])

    def test_a_module_may_not_include_a_higher_floor(self):
        self.write("src/domain/Finding.cpp", '#include "tickmark/storage/Catalog.h"\n')
        self.assertEqual(self.complaints(), [
            "src/domain/Finding.cpp: domain (floor 1) includes tickmark/storage/Catalog.h (floor 3)"])

    def test_a_module_may_not_include_its_own_floor(self):
        self.write("include/tickmark/http/Route.h", '#include "tickmark/cli/Command.h"\n')
        self.assertEqual(len(self.complaints()), 1)

    def test_a_module_may_include_itself(self):
        self.write("src/domain/Finding.cpp", '#include "tickmark/domain/Finding.h"\n#include "domain/Guards.h"\n')
        self.assertEqual(self.complaints(), [])

    def test_private_headers_of_another_module_stay_private(self):
        self.write("src/app/A.cpp", '#include "storage/Sql.h"\n')
        self.assertEqual(self.complaints(), ["src/app/A.cpp: storage/Sql.h is private to storage"])

    def test_each_library_has_its_owner(self):
        wrong = {
            "domain": "nlohmann/json.hpp", "app": "openssl/evp.h", "ledger": "sodium.h", "http": "Poco/Data/Session.h",
            "cli": "sqlite3.h", "archive": "zip.h", "foundation": "Poco/Path.h", "storage": "Poco/Net/HTTPServer.h",
            "bundle": "CLI/CLI.hpp", "view": "prometheus/counter.h", "codec": "ctemplate/template.h",
            "crypto": "magic.h",
        }
        for module, header in wrong.items():
            self.write(f"src/{module}/A.cpp", f"#include <{header}>\n")
        complaints = self.complaints()
        self.assertEqual(len(complaints), len(wrong), complaints)

    def test_the_owner_may_include_its_library(self):
        right = {
            "codec": "nlohmann/json.hpp", "crypto": "openssl/evp.h", "storage": "Poco/Data/Session.h",
            "bundle": "zip.h", "http": "Poco/Net/HTTPServer.h", "cli": "CLI/CLI.hpp", "view": "ctemplate/template.h",
        }
        for module, header in right.items():
            self.write(f"src/{module}/A.cpp", f"  #  include <{header}>\n")
        self.assertEqual(self.complaints(), [])

    def test_a_file_outside_every_module_is_named(self):
        self.write("src/misc/A.cpp", "")
        self.write("include/tickmark/Loose.h", "")
        self.assertEqual(len(self.complaints()), 2)

    def test_every_module_of_cmake_has_the_same_floor_here(self):
        import re
        text = (pathlib.Path(__file__).parents[2] / "CMakeLists.txt").read_text(encoding="utf-8")
        in_cmake = {name: int(floor) for name, floor in re.findall(r"tickmark_module\((\w+)\s+FLOOR (\d)", text)}
        here = {name: floor for name, floor in check_floors.FLOORS.items() if name != "apps"}
        self.assertEqual(in_cmake, here)


if __name__ == "__main__":
    unittest.main()
