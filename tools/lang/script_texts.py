"""The texts for people in the scripts of the pages: what stands between the back quotes of said`…`, with {} for each
${…}. `said` looks them up in the words of the page's language (templates/scripts/lib/said.js)."""
import re

SAID = re.compile(r"\bsaid`((?:[^`\\]|\\.)*)`", re.S)


def files(templates):
    return sorted((templates / "assets").glob("*.js")) + sorted((templates / "scripts").rglob("*.js"))


def gapped(literal):
    """The text with {} for each ${…}, whose braces may hold braces."""
    out, at = "", 0
    while (begin := literal.find("${", at)) != -1:
        depth, end = 1, begin + 2
        while depth:
            depth += {"{": 1, "}": -1}.get(literal[end], 0)
            end += 1
        out += literal[at:begin] + "{}"
        at = end
    return out + literal[at:]


def texts(source):
    return [gapped(match.group(1)) for match in SAID.finditer(source)]
