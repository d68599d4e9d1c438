#!/usr/bin/env python3
"""The texts of pages and sources are found whole, come back unchanged, and a wrong translation is refused by name."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/lang"))
import code_texts  # noqa: E402
import script_texts  # noqa: E402
import template_texts  # noqa: E402

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def built(catalog, page):
    """(exit code, what it said, the translated page)."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "templates/pages").mkdir(parents=True)
        (folder / "templates/pages/one.html").write_text(page, encoding="utf-8")
        (folder / "xx.po").write_text(HEAD + catalog, encoding="utf-8")
        done = subprocess.run([sys.executable, ROOT / "tools/lang/build.py", folder / "xx.po", folder / "templates", folder / "out"],
                              capture_output=True, text=True)
        made = folder / "out/templates/xx/pages/one.html"
        return done.returncode, done.stderr, made.read_text(encoding="utf-8") if made.exists() else ""


class Templates(unittest.TestCase):
    def test_every_page_comes_back_as_it_is(self):
        for path in sorted((ROOT / "templates").glob("p*/*.html")):
            with self.subTest(path.name):
                page = path.read_text(encoding="utf-8")
                self.assertEqual(template_texts.squeezed(template_texts.translated(page, lambda text: text)),
                                 template_texts.squeezed(page))

    def test_a_text_ends_at_blocks_and_sections_and_keeps_inner_elements(self):
        page = '<h1>Keys</h1><p>{{#OPEN}}<a href="/x">Open</a> since <b>{{DAY}}</b>{{/OPEN}} <input placeholder="Your name" value="{{V}}"></p>'
        self.assertEqual(template_texts.texts(page), ["Keys", "<1>Open</1> since <2>{{DAY}}</2>", "Your name"])

    def test_translations_reorder_elements_and_keep_them(self):
        code, said, page = built('msgid "<1>Open</1> since {{DAY}}"\nmsgstr "Seit {{DAY}} <1>offen</1>"\n', '<p><a href="/x">Open</a> since {{DAY}}</p>')
        self.assertEqual((code, page), (0, '<p>Seit {{DAY}} <a href="/x">offen</a></p>'), said)

    def test_a_translation_that_loses_a_marker_or_brings_an_element_is_refused(self):
        for wrong in ["Seit <1>offen</1>", "Seit {{DAY}} offen", "<2>Seit</2> {{DAY}} <1>offen</1>", "{{DAY:none}} <1>offen</1>"]:
            with self.subTest(wrong):
                code, said, page = built(f'msgid "<1>Open</1> since {{{{DAY}}}}"\nmsgstr "{wrong}"\n', "<p></p>")
                self.assertEqual((code, page), (1, ""))
                self.assertIn(wrong, said)

    def test_a_translation_of_a_sentence_keeps_its_gaps(self):
        code, said, _ = built('msgid "There is no KPI {}."\nmsgstr "Es gibt keine."\n', "<p></p>")
        self.assertEqual(code, 1)
        self.assertIn("Es gibt keine.", said)


class Sources(unittest.TestCase):
    def test_what_plus_joins_is_one_text_with_gaps(self):
        source = 'return invalid("unknown-kpi", "kpi", "There is no KPI " + kpi + ".", std::string("Name one ") + "of " "the list.");'
        self.assertEqual([text for text, _ in code_texts.texts(source)], ["There is no KPI {}.", "Name one of the list."])

    def test_words_in_calls_and_choices_are_found_and_names_are_not(self):
        source = 'set("TITLE", open ? "Still open" : "Closed"); get("/audits/{ref}"); run("SELECT ref FROM audit WHERE id = $1"); // "a comment here"\n'
        self.assertEqual([text for text, _ in code_texts.texts(source)], ["Still open", "Closed"])

    def test_a_short_word_is_a_text_where_it_is_said(self):
        source = 'row.say("WORD", found ? "no" : "yes, in " + number); view::counted(n, "{} x", "{} xs"); view::said("in {}", {"days"}); set("ID", "late");'
        self.assertEqual([text for text, _ in code_texts.texts(source)], ["no", "yes, in {}", "{} x", "{} xs", "in {}"])

    def test_what_queries_say_is_no_text(self):
        source = 'text += " AND f.state IN (" + marks + ")"; order = " GROUP BY 1, 2 ORDER BY 1"; page = " LIMIT " + most;'
        self.assertEqual(code_texts.texts(source), [])


class Scripts(unittest.TestCase):
    def test_texts_of_scripts_have_gaps_for_their_values(self):
        source = "say(said`${done} of ${files({ many: all })} handed over`); const plain = `not ${this}`; label(said`Pause`);"
        self.assertEqual(script_texts.texts(source), ["{} of {} handed over", "Pause"])

    def test_the_built_words_are_those_of_the_scripts(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "templates/scripts/lib").mkdir(parents=True)
            (folder / "templates/scripts/one.js").write_text("said`Pause`; said`${a} of ${b}`; said`Stop`;", encoding="utf-8")
            catalog = 'msgid "Pause"\nmsgstr "Anhalten"\n\nmsgid "{} of {}"\nmsgstr "{2} bei {1}"\n\nmsgid "Elsewhere"\nmsgstr "Anderswo"\n'
            (folder / "xx.po").write_text(HEAD + catalog, encoding="utf-8")
            subprocess.run([sys.executable, ROOT / "tools/lang/build.py", folder / "xx.po", folder / "templates", folder / "out"], check=True)
            made = (folder / "out/words-xx.js").read_text(encoding="utf-8")
            program = made.replace("window.", "globalThis.window = {}; window.") + (
                'import(process.argv[1]).then(({ said }) => console.log(JSON.stringify([said`Pause`, said`${1} of ${2}`, said`Stop ${3}`])));')
            done = subprocess.run(["node", "--input-type=module", "-e", program, str(ROOT / "templates/scripts/lib/said.js")], capture_output=True, text=True)
            self.assertEqual(done.stdout.strip(), '["Anhalten","2 bei 1","Stop 3"]', done.stderr + made)


if __name__ == "__main__":
    program = unittest.main(exit=False, verbosity=2)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"{program.result.testsRun - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)
