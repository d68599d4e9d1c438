"""Where a C++ source can be mutated, found in its syntax tree by libclang, and the source rewritten so that every
mutant is compiled in behind a switch of switch.h.

A module, not a program. Needs the Debian package python3-clang-14.
"""
import bisect
import collections
import pathlib
import re

from clang import cindex
from clang.cindex import CursorKind as Kind
from clang.cindex import TypeKind

NAMESPACE = "::tickmark_mutation::"
COMPARISONS = {"<": ("less", ("< to <=", "< to >=")), "<=": ("lessOrEqual", ("<= to <", "<= to >")),
               ">": ("greater", ("> to >=", "> to <=")), ">=": ("greaterOrEqual", (">= to >", ">= to <")),
               "==": ("equal", ("== to !=",)), "!=": ("different", ("!= to ==",))}
LOGIC = {"&&": "&& to ||", "||": "|| to &&"}
SUMS = {"+": ("plus", "+ to -"), "-": ("minus", "- to +")}
LOOPS = (Kind.FOR_STMT, Kind.WHILE_STMT, Kind.DO_STMT, Kind.CXX_FOR_RANGE_STMT)
FUNCTIONS = (Kind.FUNCTION_DECL, Kind.CXX_METHOD, Kind.CONSTRUCTOR, Kind.DESTRUCTOR, Kind.FUNCTION_TEMPLATE,
             Kind.CONVERSION_FUNCTION)
ARITHMETIC = (TypeKind.INT, TypeKind.UINT, TypeKind.LONG, TypeKind.ULONG, TypeKind.LONGLONG, TypeKind.ULONGLONG,
              TypeKind.SHORT, TypeKind.USHORT, TypeKind.UCHAR, TypeKind.SCHAR, TypeKind.CHAR_S, TypeKind.BOOL,
              TypeKind.DOUBLE, TypeKind.FLOAT)
COMPILER = "evaluated by the compiler"
MEMORY = re.compile(r"[\w.>\-]+(\.|->)(reserve|shrink_to_fit)\(.*\)", re.DOTALL)
NUMBER = re.compile(r"(0[xX][0-9a-fA-F']+|[0-9][0-9']*)[uUlL]*")


class Mutant:
    """One change of one place. `kind` says it, `line` counts from 1, `text` is the line's."""

    def __init__(self, path, line, column, kind, text):
        self.path, self.line, self.column, self.kind, self.text = path, line, column, kind, text
        self.nth = 1   # among the mutants of this kind in lines of this text of the file
        self.number = None

    @property
    def name(self):
        return f"{self.path} | {self.kind} | {self.text} | {self.nth}"


class Spread:
    """A source without Tickmark's two macros, so that the tree knows what stands in them; and the way back."""

    def __init__(self, text):
        self.inserted = []  # offsets in the spread text, of one inserted character each
        out = []
        at = 0
        size = 0

        def keep(part):
            nonlocal size
            out.append(part)
            size += len(part)

        def insert(part):
            for index in range(len(part)):
                self.inserted.append(size + index)
            keep(part)

        for match in re.finditer(r"\bTM_(TRY|CHECK)\(", text):
            if text.rfind("//", text.rfind("\n", 0, match.start()) + 1, match.start()) >= 0:
                continue
            keep(text[at:match.start()])
            at = match.end()
            if match[1] == "CHECK":
                insert("static_cast<void>")
                keep(" " * (match.end() - match.start() - 1) + "(")
                continue
            comma = self._comma(text, at)
            keep(" " * (match.end() - match.start()))
            keep(text[at:comma] + "=")
            insert("*(")
            at = comma + 1
        keep(text[at:])
        self.text = "".join(out)
        self.bytes = self.text.encode()

    @staticmethod
    def _comma(text, at):
        depth = 0
        for index in range(at, len(text)):
            if text[index] in "([{<":
                depth += 1
            elif text[index] in ")]}>":
                depth -= 1
            elif text[index] == "," and depth == 0:
                return index
        raise ValueError("TM_TRY without a comma")

    def back(self, offset):
        """The offset in the source of a byte offset in the spread text."""
        characters = len(self.bytes[:offset].decode())
        return characters - bisect.bisect_left(self.inserted, characters)


class Source:
    """The mutants of one file and the file that holds them all."""

    def __init__(self, path, name, arguments):
        self.path, self.name = pathlib.Path(path), name
        self.text = self.path.read_text(encoding="utf-8")
        self.lines = self.text.split("\n")
        self.mutants = []
        self.changes = []     # (start, end, make(first number) -> (open, [(from, to, text)], close), mutants)
        self.not_tried = collections.Counter()
        self._seen = set()
        self._spread = Spread(self.text)
        tree = cindex.Index.create().parse(str(path), args=arguments,
                                           unsaved_files=[(str(path), self._spread.text)])
        fatal = [str(one) for one in tree.diagnostics if one.severity >= cindex.Diagnostic.Fatal]
        if fatal:
            raise RuntimeError("\n".join(fatal))
        for cursor in tree.cursor.get_children():
            if cursor.location.file and cursor.location.file.name == str(path):
                self._walk(cursor, cindex.Cursor, False, None)
        counts = collections.Counter()
        for _, _, _, mutants in sorted(self.changes, key=lambda change: (change[0], -change[1])):
            for mutant in mutants:
                counts[mutant.kind, mutant.text] += 1
                mutant.nth = counts[mutant.kind, mutant.text]
                self.mutants.append(mutant)

    # -- finding ------------------------------------------------------------------------------------------------

    def _range(self, cursor):
        return self._spread.back(cursor.extent.start.offset), self._spread.back(cursor.extent.end.offset)

    def _not_tried(self, cursor):
        """Why what stands below is not mutated, or None."""
        kind = cursor.kind
        if kind in (Kind.STATIC_ASSERT, Kind.ENUM_DECL, Kind.TYPE_ALIAS_DECL, Kind.TYPEDEF_DECL):
            return COMPILER
        if kind == Kind.VAR_DECL:
            start = self._range(cursor)[0]
            head = self.text[start:self._spread.back(cursor.location.offset)]
            return COMPILER if re.search(r"\bconstexpr\b", head) else None
        if kind == Kind.FIELD_DECL:
            return "the default of a member"  # mostly replaced before anybody reads it
        if kind == Kind.CALL_EXPR and MEMORY.fullmatch(self.text[slice(*self._range(cursor))]):
            return "only how much memory is held"
        return None

    def _walk(self, cursor, parent, constant, jump, reason=None):
        """`constant`: within a constexpr function; `jump`: the kind of the nearest loop or switch; `reason`: why
        nothing is tried here."""
        reason = reason or self._not_tried(cursor)
        if cursor.kind in FUNCTIONS:
            head = self.text[self._range(cursor)[0]:self._spread.back(cursor.location.offset)]
            constant = bool(re.search(r"\b(constexpr|consteval)\b", head))
        if cursor.kind == Kind.LAMBDA_EXPR:
            jump = None
        self._look(cursor, parent, constant, jump, reason)
        if cursor.kind in LOOPS or cursor.kind == Kind.SWITCH_STMT:
            jump = cursor.kind
        children = list(cursor.get_children())
        for index, child in enumerate(children):
            label = cursor.kind == Kind.CASE_STMT and index == 0
            declared = cursor.kind in (Kind.VAR_DECL, Kind.FIELD_DECL, Kind.PARM_DECL, Kind.TYPE_ALIAS_DECL)
            of_type = declared and child.extent.start.offset < cursor.location.offset
            self._walk(child, cursor, constant, jump, COMPILER if label or of_type else reason)

    def _look(self, cursor, parent, constant, jump, reason):
        kind = cursor.kind
        if kind in (Kind.BINARY_OPERATOR, Kind.CALL_EXPR, Kind.UNEXPOSED_EXPR):
            self._binary(cursor, constant, reason)
        elif kind == Kind.COMPOUND_ASSIGNMENT_OPERATOR:
            self._assignment(cursor, constant, reason)
        elif kind == Kind.UNARY_OPERATOR:
            start, end = self._range(cursor)
            if self.text[start:start + 1] == "!" and self.text[start + 1] != "=":
                self._wrap(start, end, "flip", ["! removed"], constant, reason)
        elif kind == Kind.INTEGER_LITERAL:
            self._number(cursor, constant, reason)
        elif kind == Kind.CXX_BOOL_LITERAL_EXPR:
            start, end = self._range(cursor)
            if self.text[start:end] in ("true", "false"):
                other = "false" if self.text[start:end] == "true" else "true"
                self._wrap(start, end, "flip", [f"{self.text[start:end]} to {other}"], constant, reason)
        if kind in (Kind.CONTINUE_STMT, Kind.BREAK_STMT) and jump in LOOPS:
            start, end = self._range(cursor)
            now, other = ("continue", "break") if kind == Kind.CONTINUE_STMT else ("break", "continue")
            if self.text[start:end] == now:
                self._add(start, end, lambda n: (f"{{ if ({self._call(constant, 'on', n)})) {other}; ", [], "; }"),
                          [f"{now} to {other}"], reason)
        self._statement(cursor, parent, constant, reason)

    def _binary(self, cursor, constant, reason):
        parts = sorted((self._range(child) for child in cursor.get_children()), key=lambda one: one)
        parts = [one for one in parts if one[1] > one[0]]
        start, end = self._range(cursor)
        if len(parts) < 2 or parts[0][0] != start or parts[-1][1] != end:
            return
        left, right = parts[0], parts[-1]
        between = self.text[left[1]:right[0]]
        sign = between.strip()
        if left[1] > right[0] or sign not in {**COMPARISONS, **LOGIC, **SUMS}:
            return
        at = left[1] + between.index(sign)
        if sign in COMPARISONS:
            name, kinds = COMPARISONS[sign]
            make = lambda n: (f"{self._call(constant, name, n)}, ", [(at, at + len(sign), ",")], ")")  # noqa: E731
        elif cursor.kind != Kind.BINARY_OPERATOR:
            return
        elif sign in LOGIC:
            kinds = [LOGIC[sign]]

            def make(n):
                flip = f"{self._call(constant, 'flip', n)}, "
                return flip + flip, [(at, at + len(sign), f") {sign} {flip}")], "))"
        else:
            types = [child.type.get_canonical().kind for child in cursor.get_children()]
            if any(one not in ARITHMETIC for one in types):
                return
            name, kind = SUMS[sign]
            kinds = [kind]
            make = lambda n: (f"{self._call(constant, name, n)}, ", [(at, at + 1, ",")], ")")  # noqa: E731
        self._add(start, end, make, kinds, reason, at)

    def _assignment(self, cursor, constant, reason):
        left, right = [self._range(child) for child in cursor.get_children()]
        sign = self.text[left[1]:right[0]].strip()
        if sign in ("+=", "-="):
            kinds = ["+= to -=" if sign == "+=" else "-= to +="]
            self._wrap(*right, "opposite", kinds, constant, reason)

    def _number(self, cursor, constant, reason):
        start, end = self._range(cursor)
        text = self.text[start:end]
        if not NUMBER.fullmatch(text):
            return
        if self.text[start - 1] == "<" or self.text[end] == ">" or self.text[start - 1] == "[" and \
                cursor.semantic_parent is not None and cursor.semantic_parent.kind == Kind.VAR_DECL:
            reason = COMPILER
        self._wrap(start, end, "number", [f"{text} to {text} + 1"], constant, reason)

    def _statement(self, cursor, parent, constant, reason):
        """A call whose value nobody takes, or a check that is passed on to the caller."""
        holder = getattr(parent, "kind", None)
        if holder not in (Kind.COMPOUND_STMT, Kind.IF_STMT, *LOOPS, Kind.CASE_STMT, Kind.DEFAULT_STMT):
            return
        if not cursor.kind.is_expression():
            return
        start, end = self._range(cursor)
        text = self.text[start:end]
        check = text.startswith("TM_CHECK(")
        call = cursor.kind == Kind.CALL_EXPR or (cursor.kind == Kind.UNEXPOSED_EXPR and text.endswith(")")) or \
            text.startswith("static_cast<void>(")
        rest = re.match(r"\s*;", self.text[end:])
        if not rest or not (check or call) or cursor.spelling.startswith("operator"):
            return
        if holder in LOOPS and self.text[start - 1] != "\n" and self.text[:start].rstrip()[-1] not in ")oe":
            return
        if not text.endswith(")") or re.search(r"TM_TRY\($", self.text[:start]):
            return
        self._add(start, end + rest.end(), lambda n: (f"{{ if (!{self._call(constant, 'on', n)})) {{ ", [], " } }"),
                  ["check removed" if check else "statement removed"], reason)

    # -- rewriting ----------------------------------------------------------------------------------------------

    @staticmethod
    def _call(constant, name, number):
        if name == "on":
            return f"{NAMESPACE}{'onAtRunTime' if constant else 'on'}({number}"
        policy = f"<{NAMESPACE}onAtRunTime>" if constant else ""
        return f"{NAMESPACE}{name}{policy}({number}"

    def _wrap(self, start, end, name, kinds, constant, reason):
        self._add(start, end, lambda n: (f"{self._call(constant, name, n)}, ", [], ")"), kinds, reason)

    def _add(self, start, end, make, kinds, reason, at=None):
        place = (start if at is None else at, tuple(kinds))
        if place in self._seen:
            return
        self._seen.add(place)
        line = self.text.count("\n", 0, place[0]) + 1
        text = self.lines[line - 1].strip()
        column = place[0] - self.text.rfind("\n", 0, place[0])
        mutants = [Mutant(self.name, line, column, kind, text) for kind in kinds]
        if reason:
            self.not_tried[reason] += len(mutants)
            return
        self.changes.append((start, end, make, mutants))

    def drop(self, lines):
        """Takes out what does not compile behind a switch: the mutants of these lines. Returns how many."""
        kept, dropped = [], 0
        for change in self.changes:
            first = self.text.count("\n", 0, change[0]) + 1
            last = self.text.count("\n", 0, change[1]) + 1
            if any(mutant.line in lines for mutant in change[3]) or (lines & set(range(first, last + 1))
                                                                     and last - first < 1):
                dropped += len(change[3])
                self.mutants = [one for one in self.mutants if one not in change[3]]
            else:
                kept.append(change)
        self.changes = kept
        self.not_tried["does not compile behind a switch"] += dropped
        return dropped

    def rewritten(self):
        """The source with every mutant in it; the mutants must have their numbers."""
        edits = []  # (offset, rank, text, length replaced): closes before opens, inner closes first, outer opens first
        for order, (start, end, make, mutants) in enumerate(sorted(self.changes, key=lambda one: (one[0], -one[1]))):
            before, inner, after = make(mutants[0].number)
            edits.append((start, 2, order, before, 0))
            edits.extend((at, 1, 0, text, to - at) for at, to, text in inner)
            edits.append((end, 0, -order, after, 0))
        out, done = [], 0
        for at, _, _, text, replaced in sorted(edits):
            out.append(self.text[done:at] + text)
            done = at + replaced
        out.append(self.text[done:])
        quiet = "#pragma GCC system_header\n" if self.path.suffix == ".h" else ""
        return f'{quiet}#include "tickmark_mutation_switch.h"\n#line 1 "{self.name}"\n' + "".join(out)
