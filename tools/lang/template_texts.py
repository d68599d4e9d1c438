"""The translatable texts of a page template.

A text is what a person reads as one piece: it ends at block elements, at section markers ({{#X}}, {{/X}}), includes and
comments. Elements inside a text become numbers, so that a translator cannot change markup: `<1>Open</1> since {{DAY}}`.
Attributes that are read out or shown are texts of their own.
"""
import re

MARKER = r"\{\{[^}]*\}\}"
TOKEN = re.compile(rf"(?P<comment><!--.*?-->)|(?P<marker>{MARKER})|(?P<tag></?[A-Za-z](?:{MARKER}|[^>\"']|\"[^\"]*\"|'[^']*')*>)|"
                   rf"(?P<text>[^<{{]+|[<{{])", re.S)
INLINE = {"a", "strong", "em", "code", "span", "small", "b", "i", "abbr", "time", "kbd", "sup", "sub", "var", "q", "cite"}
SHOWN = re.compile(rf"\b(title|placeholder|aria-label|alt|data-label|aria-description)=\"((?:{MARKER}|[^\"])*)\"")
BUTTON = re.compile(r"<input\b[^>]*\btype=\"(?:submit|button|reset)\"")
BUTTON_VALUE = re.compile(rf"\b(value)=\"((?:{MARKER}|[^\"])*)\"")
WORDS = re.compile(r"[A-Za-z]{2}")


class Malformed(Exception):
    """A template, or a translation, that cannot be cut into texts."""


def has_words(text):
    """Whether anything is left to translate without markers and elements."""
    return bool(WORDS.search(re.sub(rf"{MARKER}|</?\d+>|&[a-z#0-9]+;", " ", text)))


def tokens(source):
    at = 0
    for found in TOKEN.finditer(source):
        if found.start() != at:
            raise Malformed(f"cannot be read at character {at}: {source[at:at + 40]!r}")
        at = found.end()
        yield found.lastgroup, found.group()


def name_of(tag):
    return re.match(r"</?([A-Za-z0-9]+)", tag).group(1).lower()


def is_inside_text(kind, token):
    if kind == "text":
        return True
    if kind == "marker":
        return token[2] not in "#/>!%"
    return kind == "tag" and name_of(token) in INLINE


def runs(source):
    """Pieces of the source in order: (True, tokens of a text) or (False, one token)."""
    run = []
    raw = None  # inside <script>, <style> and <pre> nothing is read
    for kind, token in tokens(source):
        if raw is None and is_inside_text(kind, token):
            run.append((kind, token))
            continue
        if run:
            yield True, run
            run = []
        if kind == "tag":
            name = name_of(token)
            if token.startswith("</") and name == raw:
                raw = None
            elif raw is None and name in ("script", "style", "pre") and not token.startswith("</"):
                raw = name
        yield False, [(kind, token)]
    if run:
        yield True, run


def balanced(run):
    """The run cut into parts in which every element that opens is closed again; lone tags stand alone."""
    open_at, lone = [], set()
    for i, (kind, token) in enumerate(run):
        if kind != "tag":
            continue
        if not token.startswith("</"):
            open_at.append(i)
        elif open_at and name_of(run[open_at[-1]][1]) == name_of(token):
            open_at.pop()
        else:
            lone.add(i)
    lone.update(open_at)
    part = []
    for i, piece in enumerate(run):
        if i in lone:
            yield part
            yield [piece]
            part = []
        else:
            part.append(piece)
    yield part


def trimmed(part):
    """(before, core, after): whitespace, markers without words and elements around everything stay outside."""
    before, after = [], []
    core = list(part)
    while core:
        kind, token = core[0]
        if kind == "text" and not token.strip():
            before.append(core.pop(0))
        elif kind == "tag" and not token.startswith("</") and closes_at_end(core):
            before.append(core.pop(0))
            after.insert(0, core.pop())
        elif core[-1][0] == "text" and not core[-1][1].strip():
            after.insert(0, core.pop())
        else:
            break
    return before, core, after


def closes_at_end(core):
    """Whether the element that opens first closes last."""
    depth = 0
    for i, (kind, token) in enumerate(core):
        if kind == "tag":
            depth += -1 if token.startswith("</") else 1
            if depth == 0:
                return i == len(core) - 1
    return False


def message(core):
    """(text with numbered elements, list of their tags): element n opens with tags[n][0], closes with tags[n][1]."""
    tags, stack, out = [], [], []
    for kind, token in core:
        if kind != "tag":
            out.append(token)
        elif token.startswith("</"):
            number = stack.pop()
            tags[number][1] = token
            out.append(f"</{number + 1}>")
        else:
            tags.append([token, ""])
            stack.append(len(tags) - 1)
            out.append(f"<{len(tags)}>")
    return "".join(out), tags


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def restored(translation, tags, core_text):
    """The translation with its elements, and the space at both ends that the text had."""
    def element(found):
        number = int(found.group(2)) - 1
        if number >= len(tags):
            raise Malformed(f"names the element {found.group()} that the text does not have: {translation!r}")
        return tags[number][1 if found.group(1) else 0]
    body = re.sub(r"<(/?)(\d+)>", element, translation)
    lead = core_text[:len(core_text) - len(core_text.lstrip())]
    tail = core_text[len(core_text.rstrip()):]
    return lead + body + tail


def must_match(text, translation):
    """Markers and elements of a translation are those of its text."""
    shape = rf"{MARKER}|</?\d+>|\{{\d*\}}"
    if sorted(re.findall(shape, text)) != sorted(re.findall(shape, translation)):
        raise Malformed(f"{translation!r} has not the markers and elements of {text!r}")


def translated_tag(tag, translate):
    def attribute(found):
        text = squeezed(found.group(2))
        return f'{found.group(1)}="{translate(text) if has_words(text) else found.group(2)}"'
    out = SHOWN.sub(attribute, tag)
    return BUTTON_VALUE.sub(attribute, out) if BUTTON.match(out) else out


def translated(source, translate):
    """The source with every text replaced by translate(text)."""
    out = []
    for is_text, run in runs(source):
        if not is_text:
            out += [translated_tag(token, translate) if kind == "tag" else token for kind, token in run]
            continue
        for part in balanced(run):
            before, core, after = trimmed(part)
            out.append(around(before, translate) + translated_core(core, translate) + around(after, translate))
    return "".join(out)


def around(pieces, translate):
    """Pieces that are no text; the attributes of their elements may be."""
    return "".join(translated_tag(token, translate) if kind == "tag" else token for kind, token in pieces)


def translated_core(core, translate):
    if not any(kind == "text" and WORDS.search(token) for kind, token in core):
        return around(core, translate)
    inside = [(kind, translated_tag(token, translate) if kind == "tag" else token) for kind, token in core]
    text, tags = message(inside)
    return restored(translate(squeezed(text)), tags, text)


def texts(source):
    """Every text of the template in reading order."""
    found = []

    def note(text):
        found.append(text)
        return text
    if squeezed(translated(source, note)) != squeezed(source):
        raise Malformed("does not come back as it was when nothing is translated")
    return list(dict.fromkeys(found))
