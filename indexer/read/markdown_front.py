"""What a Markdown file says about itself before its text: between `---` (YAML) or `+++` (TOML), or behind `%` (Pandoc).

Only plain keys, strings, lists and names are understood: enough for titles, authors and dates, and nothing can be
executed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_KEY = re.compile(r"([A-Za-z][\w-]{0,60})[ \t]*[:=](?:[ \t]+(.*))?$")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(?:name[ \t]*:[ \t]*)?(.*)$")
_NAME = re.compile(r"[ \t]+name[ \t]*:[ \t]+(.*)$")  # of what has more lines: a person with an address
_NAMED = re.compile(r"\{(?:[^{}]*,)?[ \t]*name[ \t]*[:=][ \t]*(\"[^\"]*\"|'[^']*'|[^,{}]*)")
_FOLDED = frozenset({"|", ">", "|-", ">-", "|+", ">+"})  # the lines below are the value
_PERCENT = re.compile(r"%([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)(?:\r\n|\r|\n|\Z)")
_PANDOC = ("title", "author", "date")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MAX_CHARS = 64 * 1024  # front matter is short; a rule at the top of a book is not its beginning
_COMMENT = re.compile(r"[ \t]+#.*$")


class FrontMatter(NamedTuple):
    """The values of keys in lower case, each a list, and where the text begins."""

    values: dict[str, list[str]]
    end: int

    def word(self, *keys: str) -> str:
        """The first value of the first of these keys that has one."""
        return next((value for key in keys for value in self.values.get(key, ()) if value), "")

    def words(self, *keys: str) -> tuple[str, ...]:
        """All values of the first of these keys that has one."""
        return next((tuple(filter(None, self.values[key])) for key in keys if self.values.get(key)), ())


def front_matter(text: str) -> FrontMatter:
    """The front matter of a file's text; nothing, ending at 0, when there is none."""
    opening = _FENCE.match(text)
    if not opening:
        return _title_block(text) if text.startswith("% ") else FrontMatter({}, 0)
    sign = re.escape(opening[1])
    ending = r"---|\.\.\." if opening[1] == "---" else sign
    closing = re.compile(rf"^(?:{ending})[ \t]*(?=[\r\n]|\Z)", re.MULTILINE).search(text, opening.end(), _MAX_CHARS)
    values = _values(text[opening.end() : closing.start()]) if closing else None
    return FrontMatter(values, closing.end()) if closing and values else FrontMatter({}, 0)


def _title_block(text: str) -> FrontMatter:
    """The lines of Pandoc, each with those below it that are indented; authors are parted by them or by semicolons."""
    values: dict[str, list[str]] = {}
    end = 0
    for key in _PANDOC:
        if not (found := _PERCENT.match(text, end, _MAX_CHARS)):
            break
        parts = re.split(r";|[\r\n]+", found[1]) if key == "author" else [found[1]]
        values[key] = [" ".join(part.split()) for part in parts]
        end = found.end()
    return FrontMatter(values, end)


def _values(lines: str) -> dict[str, list[str]] | None:
    """The keys and values of the lines; None when one is neither a key nor part of a value."""
    values: dict[str, list[str]] = {}
    key = ""
    is_folded = False
    for line in _LINE_END.split(lines):
        stated, entry = _KEY.match(line), _ENTRY.match(line) or _NAME.match(line)
        if stated:
            key = stated[1].lower()
            is_folded = (stated[2] or "").strip() in _FOLDED
            values[key] = [] if is_folded else _listed(stated[2] or "")
        elif is_folded and line.startswith((" ", "\t")):
            values[key] = [" ".join([*values[key], line.strip()])]
        elif entry and key:
            values[key] += _listed(entry[1])
        elif line.strip() and not line.startswith((" ", "\t", "#", "]", "[")):
            return None
    return values


def _listed(value: str) -> list[str]:
    """The values of a list in brackets, or the one value."""
    value = value.strip()
    if named := _NAMED.findall(value):
        return [_bare(name) for name in named]
    if value.startswith("[") and value.endswith("]"):
        return [_bare(part) for part in value[1:-1].split(",")]
    return [_bare(value)]


def _bare(value: str) -> str:
    """A value without quotation marks; a comment behind an unquoted one left out."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return _COMMENT.sub("", value)
