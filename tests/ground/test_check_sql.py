"""check_sql.py refuses SQL text that binds wrong or that only SQLite understands."""
import pathlib
import tempfile
import unittest

import check_sql


def cpp(source):
    return [complaint for _, complaint in check_sql.cpp_complaints(source)]


def sql(text):
    return [complaint for _, complaint in check_sql.sql_complaints(text)]


class Parameters(unittest.TestCase):
    def test_ascending_first_uses_pass(self):
        self.assertEqual(cpp('q("UPDATE t SET a=$1, b=$2 WHERE id=$3 AND a<>$1");'), [])

    def test_a_descending_first_use_is_refused(self):
        self.assertEqual(cpp('q("UPDATE t SET v=$2 WHERE id=$1");'), [
            "parameters first appear as $2, $1; write them in ascending order"])

    def test_a_gap_is_refused(self):
        self.assertEqual(cpp('q("SELECT a FROM t WHERE b=$1 AND c=$3");'), [
            "parameters are $1, $3; number them from $1 without a gap"])

    def test_ten_parameters_are_ordered_as_numbers(self):
        marks = ",".join(f"${n}" for n in range(1, 12))
        self.assertEqual(cpp(f'q("INSERT INTO t VALUES({marks})");'), [])

    def test_question_marks_are_refused(self):
        self.assertEqual(cpp('q("SELECT a FROM t WHERE b=?");'), ["uses ?; write parameters as $1, $2"])

    def test_the_query_builder_numbers_question_marks(self):
        source = 'query.where("EXISTS (SELECT 1 FROM t WHERE a = ?)"); q("SELECT a FROM t WHERE b = ?");'
        self.assertEqual(list(check_sql.cpp_complaints(source, numbered_later=True)), [])

    def test_the_builder_is_known_by_the_include_of_the_file_or_its_header(self):
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "Scope.cpp"
            self.assertFalse(check_sql.uses_builder(path, ""))
            self.assertTrue(check_sql.uses_builder(path, check_sql.BUILDER))
            path.with_suffix(".h").write_text(check_sql.BUILDER)
            self.assertTrue(check_sql.uses_builder(path, ""))

    def test_a_question_mark_in_a_text_or_comment_is_no_parameter(self):
        self.assertEqual(cpp('''q("SELECT 'why?' FROM t");'''), [])
        self.assertEqual(cpp('q(R"(SELECT a -- why?\nFROM t)");'), [])

    def test_joined_constants_are_one_statement(self):
        self.assertEqual(len(cpp('q("UPDATE t SET a=$2 " // the value\n  "WHERE id=$1");')), 1)

    def test_a_raw_constant_is_read(self):
        self.assertEqual(len(cpp('q(R"sql(UPDATE t SET a=$2 WHERE id=$1)sql");')), 1)

    def test_a_piece_of_a_statement_may_begin_at_a_later_number(self):
        self.assertEqual(cpp('text += "AND owner = $4";'), [])
        self.assertEqual(len(cpp('text += "AND owner = $4 AND due < $3";')), 1)

    def test_other_texts_are_left_alone(self):
        self.assertEqual(cpp('say("Why? Select \\"one\\" of them; glob(x)");'), [])
        self.assertEqual(cpp("const char quote = '\"'; say(\"What?\");"), [])


class Dialect(unittest.TestCase):
    def test_text_in_double_quotes_is_refused(self):
        self.assertEqual(len(cpp('q("SELECT a FROM t WHERE b=\\"draft\\"");')), 1)

    def test_functions_of_sqlite_are_refused(self):
        for text in ("SELECT strftime('%s', a) FROM t", "SELECT ifnull(a, 0) FROM t", "PRAGMA user_version",
                     "INSERT OR IGNORE INTO t VALUES(1)", "SELECT a FROM t WHERE t MATCH $1", "BEGIN IMMEDIATE",
                     "SELECT name FROM sqlite_master", "SELECT group_concat(a) FROM t"):
            with self.subTest(text):
                self.assertEqual(len(cpp(f'q("{text}");')), 1)

    def test_portable_words_pass(self):
        self.assertEqual(cpp('q("INSERT INTO t(a) VALUES($1) ON CONFLICT(a) DO UPDATE SET a=$1 RETURNING id");'), [])

    def test_a_marked_statement_passes(self):
        self.assertEqual(cpp('// sqlite: PostgreSQL has its own settings\nq("PRAGMA foreign_keys=ON");'), [])
        self.assertEqual(cpp('// sqlite: full text\nconst char* search =\n    "SELECT a FROM t WHERE t MATCH $1";'), [])

    def test_a_mark_may_stand_behind_the_last_line(self):
        self.assertEqual(cpp('constexpr auto a =\n    "PRAGMA a = 1; "\n    "PRAGMA b = 2;";  // sqlite: settings'), [])

    def test_a_mark_does_not_reach_the_next_statement(self):
        source = '// sqlite: settings\nq("PRAGMA a=1");\n\nq("PRAGMA b=1");'
        self.assertEqual(len(cpp(source)), 1)

    def test_two_statements_in_one_constant_are_refused(self):
        self.assertEqual(cpp('q("DELETE FROM a; DELETE FROM b");'), ["holds more than one statement"])


class Schema(unittest.TestCase):
    def test_a_plain_table_passes(self):
        self.assertEqual(sql("CREATE TABLE t(id BIGINT PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x?');\n"), [])

    def test_a_virtual_table_must_be_marked(self):
        self.assertEqual(len(sql("CREATE VIRTUAL TABLE t USING fts5(a);")), 1)
        self.assertEqual(sql("-- sqlite: full text; PostgreSQL will use tsvector\nCREATE VIRTUAL TABLE t USING fts5(a);"), [])

    def test_a_mark_may_stand_behind_the_end(self):
        text = "CREATE TABLE a(x TEXT) WITHOUT ROWID; -- sqlite: one tree\nCREATE TABLE b(x TEXT) WITHOUT ROWID;"
        self.assertEqual([line for line, _ in check_sql.sql_complaints(text)], [2])

    def test_a_mark_covers_one_statement_only(self):
        text = "-- sqlite: full text\nCREATE VIRTUAL TABLE a USING fts5(x);\nCREATE VIRTUAL TABLE b USING fts5(x);"
        self.assertEqual(len(sql(text)), 1)

    def test_a_whole_file_can_be_marked(self):
        text = "-- Search.\n-- sqlite file: full text\nCREATE VIRTUAL TABLE a USING fts5(x);\nPRAGMA b=1;"
        self.assertEqual(sql(text), [])

    def test_a_trigger_is_one_statement(self):
        text = "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES(1); DELETE FROM c; END;\nPRAGMA x=1;"
        found = list(check_sql.sql_complaints(text))
        self.assertEqual([line for line, _ in found], [2])

    def test_parameters_have_no_place_in_a_schema(self):
        self.assertEqual(len(sql("INSERT INTO t VALUES($1);")), 1)

    def test_the_line_of_the_statement_is_named(self):
        self.assertEqual([line for line, _ in check_sql.sql_complaints("CREATE TABLE a(x TEXT);\n\nPRAGMA b=1;\n")], [3])


if __name__ == "__main__":
    unittest.main()
