#!/usr/bin/env python3
"""Compiles one language for the program. Usage: build.py CATALOG.po TEMPLATES OUT

Writes OUT/<code>.catalog (text, NUL, translation, NUL, …), OUT/templates/<code>/…, the templates with their texts
translated, and OUT/words-<code>.js with the texts of the scripts. A translation whose markers, elements or gaps differ from its text is refused by name. Needs GNU msgfmt.
"""
import gettext
import json
import pathlib
import re
import subprocess
import sys

import script_texts
import template_texts


def gaps_of(text):
    return len(re.findall(r"\{\d*\}", text))


def read_catalog(path, out):
    compiled = out / (path.stem + ".mo")
    subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", compiled, path], check=True)
    with open(compiled, "rb") as file:
        texts = dict(gettext.GNUTranslations(file)._catalog)  # no public way to list it
    texts.pop("", None)
    for text, translation in texts.items():
        if "{{" in text or "<1>" in text:
            template_texts.must_match(text, translation)
        elif gaps_of(text) != gaps_of(translation):
            raise template_texts.Malformed(f"{translation!r} has not the gaps of {text!r}")
    return texts


def script_words(templates, texts):
    """A script that gives the other scripts their words."""
    used = [text for path in script_texts.files(templates) for text in script_texts.texts(path.read_text(encoding="utf-8"))]
    words = {text: texts[text] for text in dict.fromkeys(used) if text in texts}
    return "window.tickmarkWords = " + json.dumps(words, ensure_ascii=False) + ";\n"


def write(path, data):
    """Only what changed, so that nothing is built again without need."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def main():
    source, templates, out = (pathlib.Path(name) for name in sys.argv[1:4])
    code = source.stem
    out.mkdir(parents=True, exist_ok=True)
    try:
        texts = read_catalog(source, out)
        for path in sorted(templates.glob("p*/*.html")):
            page = template_texts.translated(path.read_text(encoding="utf-8"), lambda text: texts.get(text, text))
            write(out / "templates" / code / path.relative_to(templates), page.encode())
    except template_texts.Malformed as problem:
        print(f"{source}: a translation {problem}", file=sys.stderr)
        return 1
    write(out / f"words-{code}.js", script_words(templates, texts).encode())
    write(out / f"{code}.catalog", b"".join(f"{text}\0{texts[text]}\0".encode() for text in sorted(texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
