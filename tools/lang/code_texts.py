"""The texts for people in the C++ sources: literals, and what + joins, with {} for each part that is computed.

`"There is no KPI " + kpi + "."` gives `There is no KPI {}.`. A literal counts when it reads like words: with a space
between them, or one capitalised word. SQL, paths, names of fields and headers do not.
"""
import re

TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<raw>R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)")
  | (?P<literal>"(?:[^"\\\n]|\\.)*")
  | (?P<char>'(?:[^'\\\n]|\\.)+')
  | (?P<directive>^[ \t]*\#[^\n]*)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<number>\d[\w.']*)
  | (?P<op>::|->|<<|\+\+|\+=|&&|\|\||[-+*/%<>=!&|^~?:;,.(){}\[\]])
  | (?P<space>\s+)
""", re.S | re.X | re.M)
STARTS = {"(", ",", "{", "=", "?", ":", "return", "<<", "+=", "&&", "||", "["}
CLOSING = {"(": ")", "[": "]", "{": "}"}
PROSE = re.compile(r"[A-Za-z]{2,}[,;:.)\"]* +[\"(A-Za-z0-9{]|^[A-Z][a-z]+([ -]|\.?$)|[A-Za-z]{2,} \{\}|\{\} [A-Za-z]{2,}")
NOT_PROSE = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|FROM|WHERE|AND|OR|ORDER|GROUP|LEFT|JOIN|BEGIN|DROP|"
                       r"ALTER|EXISTS|NOT|LIMIT|ON|VALUES|UNION|HAVING|RETURNING)\b|^[ (]*(SELECT|FROM|WHERE|JOIN|AND [a-z_.]+|ORDER BY|LEFT JOIN|UNION)\b|"
                       r"[a-z_]+\.[a-z_]+ (=|IN|IS|<|>)|\$\d|<[a-z/][^>]*>|; (?:path|max-age|charset)|https?://|application/|text/|= ?\$|\\|"
                       r"^[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)+:?$|^[a-z-]+=|(^|[ +}(])(AND|OR|IN|IS|AS|ASC|DESC|NULL|COUNT|LIKE|GROUP|LIMIT)([ (}]|$)|^[(+? ]*(AND|OR|IN)\\b")


def tokens(source):
    found = []
    for token in TOKEN.finditer(source):
        kind = token.lastgroup if token.lastgroup != "mark" else "raw"
        if kind not in ("comment", "space", "directive"):
            found.append((kind, token.group(), source.count("\n", 0, token.start()) + 1))
    return found


def unquoted(literal):
    body = literal[1:-1]
    return body.replace('\\"', '"').replace("\\'", "'").replace("\\n", "\n").replace("\\\\", "\\")


def skipped(items, at):
    """The place behind the bracket that opens at `at`."""
    depth = 0
    while at < len(items):
        text = items[at][1] if items[at][0] == "op" else ""
        if text in CLOSING:
            depth += 1
        elif text in CLOSING.values():
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


def operand(items, at, used):
    """(literal or None, place behind it) of the operand at `at`; (None, at) when there is none. The places of the
    literal's tokens join `used`."""
    if at >= len(items):
        return None, at
    kind, text, _ = items[at]
    if kind == "literal":
        out = ""
        while at < len(items) and items[at][0] == "literal":
            out += unquoted(items[at][1])
            used.add(at)
            at += 1
        return out, at
    wraps = [t for _, t, _ in items[at:at + 4]]
    if wraps == ["std", "::", "string", "("]:
        inner, behind = operand(items, at + 4, used)
        if inner is not None and behind < len(items) and items[behind][1] == ")":
            return inner, behind + 1
    start = at
    while at < len(items):
        kind, text, _ = items[at]
        if kind in ("name", "number", "char") or (kind == "op" and text in ("::", ".", "->", "*", "!", "-", "&")):
            at += 1
        elif kind == "op" and text in ("(", "[", "{") and (at > start or text == "("):
            at = skipped(items, at)
        elif kind == "op" and text == "<" and at > start and items[at - 1][0] == "name":
            end = at
            while end < len(items) and items[end][1] not in (">", ";", "{"):
                end += 1
            if end < len(items) and items[end][1] == ">" and end + 1 < len(items) and items[end + 1][1] == "(":
                at = end + 1
            else:
                break
        else:
            break
    return None, at


def chain(items, at, used):
    """(text, place behind) of the operands joined by + from `at`; see operand."""
    parts, place = [], at
    while True:
        literal, behind = operand(items, place, used)
        if behind == place:
            return None, at
        parts.append("{}" if literal is None else literal)
        place = behind
        if place < len(items) and items[place][1] == "+":
            place += 1
            continue
        return (None if all(part == "{}" for part in parts) else "".join(parts)), place


def is_prose(text):
    """Words in a row that are neither SQL nor codes such as "LA AU" or "audit, party"."""
    if re.fullmatch(r"[A-Z]{2}( [A-Z]{2})+|[a-z_]+(, [a-z_]+){2,}|[a-z]+\(\w\.\w+.*", text):
        return False
    return bool(PROSE.search(text)) and not NOT_PROSE.search(text) and text.strip(" {}.,:;()") != ""


SAYS = ("said", "say", "sayIf", "counted")


def said_at(items, at):
    """Whether the literal at `at` is an argument of a call that says it: then it is a text however short."""
    depth = 0
    while at > 1:
        at -= 1
        text = items[at][1] if items[at][0] == "op" else ""
        if text in (";", "{", "}") and depth == 0:
            return False
        if text in CLOSING.values():
            depth += 1
        elif text in CLOSING:
            depth -= 1
            if depth < 0:
                return items[at - 1][1] in SAYS and text == "("
    return False


def argument_number(items, at):
    """How many commas of the same call stand before `at`."""
    depth = number = 0
    while at > 0:
        at -= 1
        text = items[at][1] if items[at][0] == "op" else ""
        if text in CLOSING.values():
            depth += 1
        elif text in CLOSING:
            depth -= 1
            if depth < 0:
                return number, items[at - 1][1]
        elif text == "," and depth == 0:
            number += 1
    return number, ""


def is_said(items, at, text):
    """A short text counts where it is said: the second argument of say, any of counted, the first of said."""
    if not re.search(r"[A-Za-z]", text) or not said_at(items, at):
        return False
    number, call = argument_number(items, at)
    return number == {"say": 1, "sayIf": 1, "said": 0}.get(call, number)


def texts(source):
    """[(text, line)] in reading order; a text is listed once."""
    items = tokens(source)
    found, used = {}, set()
    for at in range(len(items)):
        if at in used:
            continue
        previous = items[at - 1][1] if at else ";"
        if previous not in STARTS and not (previous == ")" and items[at][0] == "literal"):
            continue
        text, _ = chain(items, at, used)
        if text is None or not (is_prose(text) or is_said(items, at, text)):
            continue
        if previous == "(" and at > 1 and items[at - 2][1] in ("static_assert", "assert"):
            continue
        found.setdefault(text, items[at][2])
    return list(found.items())
