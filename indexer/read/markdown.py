"""Markdown: headings, paragraphs, lists, tables and code; the file is the source's text as read.

Blocks are found line by line, as CommonMark and its common extensions define them: front matter, footnotes, tables.
Marks are taken away by edits, so every character keeps its exact place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.aligned import AlignedText, Edit
from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.read.blocks import DEEPEST, Labelled, assembled, code, heads
from indexer.read.html_metadata import iso_date, parted
from indexer.read.markdown_front import front_matter
from indexer.read.markdown_inline import label, unmarked
from indexer.read.markdown_lines import Line, begins_comment, breaks, closes, fields, lines
from indexer.read.metadata import bare_doi, doi_url
from indexer.read.tables import row
from indexer.records import Extract, Source

_MOST_MARKS = 1_000_000  # and lines, 600 bytes each in memory; the most in 600 files are 64,000
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_NAMED = re.compile(r"(?<=[ \t])\{[#.:][^{}]{1,200}\}$")  # a name to link to, as Pandoc has it
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|(\d{1,9}[.)]))(?:[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)|[ \t]*$)")
_INTERRUPTING = re.compile(r"[ \t]*(?:[-*+]|1[.)])[ \t]+\S")  # a year at the start of a line begins no list
_INDENTED = re.compile(r" {4}| {0,3}\t")
_NOTE = re.compile(r" {0,3}\[(\^[^\[\]\s]{1,100})\]:[ \t]*")
_LINK = re.compile(
    r""" {0,3}\[([^\[\]]{1,200})\]:[ \t]*(?:<[^<>]{0,2000}>|[^\s<]\S{0,2000})"""
    r"""(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$"""
)
_DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"\\.|(\|)")
_BOLD = re.compile(r" {0,3}(\*\*|__)(?=\S)((?:(?!\1).)+)\1[ \t]*$")
_SAID = re.compile(r" {0,3}:[ \t]+(?=\S)")  # of the term in the line above
# What opens or closes a note or warning: "!!! note", "[!TIP]", ":::".
_SET_APART = re.compile(
    r"[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w -]{0,40}|\[![A-Za-z]{3,20}\][+-]?"
    r"|:{3,}[ \t]*(?:\{[^{}]{0,80}\}|[a-z][\w-]{0,40})?)"
    r"(?:[ \t]+\"(?P<title>[^\"]{1,200})\")?[ \t]*$"
)
_RAW = re.compile(r" {0,3}<(script|style)\b", re.IGNORECASE)


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of a Markdown file."""
    original = text.decode(data, source.path)
    if sum(map(original.count, "\n\r*_`[<&~\\|")) > _MOST_MARKS:
        raise UnreadableSourceError(source.path, f"over {_MOST_MARKS:,} lines and marks", "too large")
    said = front_matter(original)
    aligned, blocks = assembled(_Walk(AlignedText.of(original), said.end).blocks())
    if not blocks:
        raise UnreadableSourceError(source.path, "the file holds no text", "empty")
    doi = bare_doi(said.word("doi"))
    extract = Extract(
        source=source,
        original=original,
        text=aligned,
        title=said.word("title"),
        authors=tuple(name for given in said.words("authors", "author") for name in parted(given)),
        date=iso_date(said.word("date", "published")),
        url=said.word("url", "canonical", "canonical_url") or doi_url(doi),
        blocks=blocks,
        doi=doi,
    )
    return (extract,)


class _Walk:
    """A walk over the lines, block by block."""

    def __init__(self, whole: AlignedText, start: int) -> None:
        self.whole = whole
        self.start = start
        self.lines = lines(whole.text, start)
        self.labels = {
            label(found[1]) for line in self.lines if (found := _NOTE.match(line.text) or _LINK.match(line.text))
        }
        self.at = 0
        self.in_list = False
        self.is_apart = False  # in a note or a warning

    def blocks(self) -> Iterator[Labelled]:
        """All blocks, the front matter first."""
        yield Labelled("other", self.whole[: self.start])
        while self.at < len(self.lines):
            yield from self._block(self.lines[self.at])

    def _block(self, line: Line) -> Iterable[Labelled]:
        """The block that begins with this line."""
        if not line.text.strip() or _RULE.match(line.text):
            return self._skipped()
        if fence := _FENCE.match(line.text):
            return self._code(fence[1])
        if opening := _SET_APART.match(line.text):
            return self._set_apart(line, opening)
        if begins_comment(line.text):
            return self._through("-->")
        if raw := _RAW.match(line.text):
            return self._through(f"</{raw[1].lower()}>")
        if heading := _HEADING.match(line.text):
            return self._heading(line, heading)
        if note := _NOTE.match(line.text):
            return self._paragraph("footnote", line.start + note.end())
        if _LINK.match(line.text):
            return self._through("")
        if self._is_table():
            return self._table()
        return self._listed_or_not(line)

    def _listed_or_not(self, line: Line) -> Iterable[Labelled]:
        """An item, a paragraph of one, code, or a paragraph."""
        if item := _ITEM.match(line.text):
            self.in_list, self.is_apart = True, False
            number = item.start(1)
            return self._paragraph("item", line.start + (number if number >= 0 else item.end()))
        indented = line.text[0].isspace()
        if not self.in_list and _INDENTED.match(line.text):
            return self._indented()
        self.in_list = self.in_list and indented
        self.is_apart = self.is_apart and indented
        return self._paragraph("item" if self.in_list and not self.is_apart else "prose", line.start)

    def _set_apart(self, line: Line, opening: re.Match[str]) -> Iterator[Labelled]:
        """The line that opens a note, and its title; what is indented below is no code."""
        self.in_list = self.is_apart = True
        self.at += 1
        if opening["title"]:
            title = self.whole[line.start + opening.start("title") : line.start + opening.end("title")]
            yield Labelled("prose", unmarked(title, self.labels))

    def _skipped(self) -> Iterable[Labelled]:
        self.at += 1
        return ()

    def _heading(self, line: Line, marks: re.Match[str]) -> Iterable[Labelled]:
        """A heading after number signs, which may stand behind it too."""
        self.at += 1
        self.in_list = False
        words = _NAMED.sub("", line.text.rstrip())
        bare = words.rstrip("#")
        end = len(bare) if bare.endswith((" ", "\t")) else len(words)
        title = self.whole[line.start + marks.end() : line.start + max(end, marks.end())]
        return (Labelled("heading", unmarked(title, self.labels), len(marks[1])),)

    def _code(self, fence: str) -> Iterable[Labelled]:
        """Code between fences, line by line."""
        first = self.at = self.at + 1
        while self.at < len(self.lines) and not closes(self.lines[self.at].text.strip(), fence):
            self.at += 1
        found = [self.whole[line.start : line.end] for line in self.lines[first : self.at]]
        self.at += 1
        return code(found)

    def _indented(self) -> Iterable[Labelled]:
        """Code that is indented, line by line."""
        found: list[AlignedText] = []
        while self.at < len(self.lines) and (indent := _INDENTED.match(self.lines[self.at].text)):
            line = self.lines[self.at]
            found.append(self.whole[line.start + indent.end() : line.end])
            self.at += 1
        return code(found)

    def _through(self, ending: str) -> Iterable[Labelled]:
        """What is not content: the lines through the one that holds the ending."""
        first = self.lines[self.at]
        while self.at < len(self.lines) - 1 and ending not in self.lines[self.at].text.lower():
            self.at += 1
        self.at += 1
        return (Labelled("other", self.whole[first.start : self.lines[self.at - 1].end]),)

    def _paragraph(self, kind: str, start: int) -> Iterable[Labelled]:
        """A paragraph that begins at `start`; with a line of signs under it, a heading."""
        run = [self.lines[self.at]]
        self.at += 1
        while self.at < len(self.lines) and self._goes_on(self.lines[self.at], run[-1]):
            line = self.lines[self.at]
            underline = _UNDERLINE.match(line.text) if kind == "prose" else None
            if not underline and self._interrupts(line):
                break
            self.at += 1
            if underline:
                return (Labelled("heading", self._flow(start, run), 1 if underline[1][0] == "=" else 2),)
            run.append(line)
        if kind == "prose" and len(run) == 1 and (said := self._said(run[0])):
            return (Labelled("row", row([self._flow(start, run), *said])),)
        bold = _BOLD.match(run[0].text) if kind == "prose" and len(run) == 1 else None
        asked = bold is not None and heads(bold[2])
        if len(own := [0, *fields(run)]) > 1:
            pairs = pairwise([*own, len(run)])
            return [Labelled(kind, self._flow(run[at].start if at else start, run[at:end])) for at, end in pairs]
        return (Labelled("heading" if asked else kind, self._flow(start, run), DEEPEST if asked else 0),)

    def _said(self, term: Line) -> list[AlignedText]:
        """What is said of the term in the line above, as deep in quotations as that."""
        found: list[AlignedText] = []
        blank = int(self.at < len(self.lines) and not self.lines[self.at].text.strip())
        while self.at + blank < len(self.lines) and self._goes_on(first := self.lines[self.at + blank], term):
            if not (mark := _SAID.match(first.text)):
                break
            self.at += blank + 1
            run = [first]
            while self.at < len(self.lines) and self._goes_on(line := self.lines[self.at], term):
                if self._interrupts(line):
                    break
                run.append(line)
                self.at += 1
            found.append(self._flow(first.start + mark.end(), run))
            blank = 0
        return found

    def _goes_on(self, line: Line, before: Line) -> bool:
        return bool(line.text.strip()) and line.depth == before.depth

    def _interrupts(self, line: Line) -> bool:
        """True when the line begins a block of its own right after a paragraph's line."""
        item = _ITEM if self.in_list else _INTERRUPTING
        starts = (item, _FENCE, _HEADING, _RULE, _NOTE, _SAID, _SET_APART)
        return any(start.match(line.text) for start in starts) or begins_comment(line.text) or self._is_table()

    def _flow(self, start: int, run: list[Line]) -> AlignedText:
        """Lines as one, each line end a space, without marks."""
        edits: list[Edit] = []
        for line, following in pairwise(run):
            gap, word = max(line.end - breaks(line.text), start) - start, following.word - start
            edits += [(gap, gap + 1, " "), (gap + 1, word, "")]
        return unmarked(self.whole[start : max(run[-1].end, start)].edit(edits), self.labels)

    def _is_table(self) -> bool:
        """True where a row stands over a line of delimiters."""
        if self.at + 1 >= len(self.lines) or "|" not in self.lines[self.at].text:
            return False
        under = self.lines[self.at + 1]
        return "|" in under.text and "-" in under.text and _DELIMITERS.match(under.text) is not None

    def _table(self) -> Iterable[Labelled]:
        """The rows of a table, up to a line without a cell."""
        rows = [self.lines[self.at]]
        self.at += 2
        while self.at < len(self.lines) and "|" in self.lines[self.at].text:
            rows.append(self.lines[self.at])
            self.at += 1
        self.in_list = False
        return [
            Labelled("row" if at else "columns", row(self._cells(line)), int(not at)) for at, line in enumerate(rows)
        ]

    def _cells(self, line: Line) -> Iterator[AlignedText]:
        """The cells between the pipes; of a line that begins with one, those behind it."""
        ends = [found.start() for found in _PIPE.finditer(line.text) if found[1]]
        starts = ends if line.text.lstrip().startswith("|") else [-1, *ends]
        for start, end in pairwise([*starts, len(line.text)]):
            yield unmarked(self.whole[line.start + start + 1 : line.start + end], self.labels)
