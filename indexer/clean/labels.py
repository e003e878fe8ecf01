"""Labels: what each paragraph is, and so whether it is content. Nothing is taken away here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from indexer.arrays import indices
from indexer.clean.layout import (
    HEADING,
    HEADING_WORDS,
    ends_sentence,
    is_caption,
    is_item,
    is_unfinished,
    item_number,
    masked,
    starts_lower,
)
from indexer.clean.lines import Lines, lines_of
from indexer.clean.mixed import parted
from indexer.clean.notices import Paragraphs, mark_notices
from indexer.clean.references import mark_references
from indexer.clean.titles import is_section
from indexer.records import Block, Span

RUNNING = 3  # times that a page number or a running head stands in a text at least
RUNNING_LENGTH = 90  # characters of one at most
LIST = 4  # heading-like lines in a row that are no headings but a list

_PAGE = re.compile(r"(?i)\bpage \d+|\bp\. ?\d+$")
_FOOT = re.compile(r"(?i)\[page \d+\]$")
_BARE = re.compile(r"\W*(\d{1,4})\W*")
_HEADING_END = re.compile(r"[.!,;:…。！][\"'”’)]*$")
# In notes of clinics, "PAST MEDICAL HISTORY:"; 60 lines of 600 RFCs are like that, and most of them head something.
_CAPITALS = re.compile(r"(?!(?:NOTES?|WARNINGS?|CAUTION|IMPORTANT|EXAMPLES?|ABNF):)[A-Z][A-Z&/'’(), -]{3,60}:")
_NAME_WORDS = 2  # of who speaks, at most; "PAST MEDICAL HISTORY:" stands in the notes of each visit
_NO_HEADS = frozenset("FROM TO CC SUBJECT DEAR SAID SAYS ASKED REPLIED ANSWERED".split())
_WORDY = re.compile(r"[^\W\d_]{3}")
# Web, mail and postal addresses ("Cambridge, MA 02138", "3732 Boelter Hall"), phone numbers; but "2019 in figures".
_ADDRESSED = re.compile(r"https?:|www\.|\d{4}-\d\d|@|, [A-Z][A-Za-z.]+ \d{5}\b|^(?!1[5-9]\d\d\b|20\d\d\b)\d{3}")
_CODE = re.compile(r"\W*[A-Z]{0,2}\d")
# What code, grammars, ruled tables and drawings are made of: "UTF2 = %xC2", "+----+"; but "(n = 21)". Of 3,892 headings
# found in 60 RFCs 60 held such signs, and none was one; of 78 in 74 biomedical articles none does.
_SIGNS = re.compile(r"[{}\\|\u2500-\u259f]|[-+=_*~]{3,}|(?<!\([nN]) (?:[:!<>]{0,2}=|[-=]>|==) |\w\(\)")
_ODD = re.compile(r"[{}\\|\u2500-\u259f=>()+_*~-]")  # in 3 of 4 lines there is none: told in a sixth of the time
# Of a sheet or form, "Odour: none"; but "Chapter 3: The sea". In 300 RFCs and 74 biomedical articles
# 3,048 lines are no headings any longer; of 60 of them, looked at, none was one. Nor is the last of several: of 139
# such in 184 RFCs none was a heading but four titles below a masthead, which the document has as its title.
_FIELD = re.compile(r"[^\W\d_][^:\d]*: \S")
# The same, told alone by a number or a quantity behind: "Print date: 12.01.2024"; but "A history: 1914–1918".
_QUANTITY = re.compile(r": [-−<>~]?(?!(?:1[5-9]|20)\d\d\b(?!\.))\d[\d.,:/–-]*(?: ?\S{1,4})?(?: \([^()]*\))?$")
_SPOKEN = re.compile(r"(?!CHAPTER|PART|SECTION)[A-Z][A-Z.'’ -]{1,30}\. [A-Z].*\?$")  # in a play: "LUCY. Who is there?"
_ASKED = re.compile(r"(?:Q|Question|F|Frage)(?: ?\d{1,3})?[.:] .*\?$")
_ANSWERED = re.compile(r"(?:A|Answer|Antwort)(?: ?\d{1,3})?[.:] ")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+(?=[A-Z])")
_DIGIT = re.compile(r"\d")


def labelled(text: str, title: str = "") -> tuple[Block, ...]:
    """Every paragraph of a clean text with its label; `title` is the one its source gives, if any."""
    lines = lines_of(text)
    spans = list(map(Span, lines.starts.tolist(), lines.ends.tolist()))
    if mixed := parted(text, spans):
        spans = [part for span in spans for part in mixed.get(span, (span,))]
    paragraphs = Paragraphs(text, spans)
    kinds = [""] * len(spans)
    mark_notices(paragraphs, kinds)
    _mark_title(paragraphs.texts, kinds, title)
    _mark_running(paragraphs.texts, kinds)
    _mark_layout(Lines(text, spans) if mixed else lines, kinds)
    mark_references(paragraphs.texts, kinds)
    levels = [level(span.of(text)) if kind == "heading" else 0 for span, kind in zip(spans, kinds, strict=True)]
    return tuple(map(Block, spans, kinds, levels))


def relabelled(text: str, blocks: tuple[Block, ...], *, are_sure: bool = False) -> tuple[Block, ...]:
    """Blocks whose format said what they are: only its prose may turn out to be no content, or references.

    Where the levels of headings `are_sure` one that stands as high as that of the references begins something else.
    """
    if mixed := parted(text, [block.span for block in blocks if block.kind == "prose"]):
        blocks = tuple(replace(block, span=part) for block in blocks for part in mixed.get(block.span, (block.span,)))
    paragraphs = Paragraphs(text, [block.span for block in blocks])
    kinds = [block.kind if block.kind != "prose" else "" for block in blocks]
    mark_notices(paragraphs, kinds)
    kinds = [kind or "prose" for kind in kinds]
    mark_references(paragraphs.texts, kinds, [block.level for block in blocks] if are_sure else ())
    told = zip(blocks, kinds, strict=True)
    return tuple(block if block.kind == kind else replace(block, kind=kind) for block, kind in told)


def _mark_title(texts: list[str], kinds: list[str], title: str) -> None:
    """Label the first paragraph of content as the title: when it repeats the one given, else when it looks so."""
    wordy = (bool(_WORDY.search(text)) for text in texts)
    index = next((index for index, word in enumerate(wordy) if word and not kinds[index]), -1)
    if index < 0:
        return
    alike = _letters(texts[index]) == _letters(title) if title else _is_title(texts[index])
    if alike and index + 1 < len(texts):
        again = [later for later in range(index + 1, len(texts)) if texts[later] == texts[index]]
        for later in again if len(again) >= RUNNING - 1 else ():
            kinds[later] = kinds[later] or "running"
        kinds[index] = "title"


def _letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return re.sub(r"\W", "", text.lower())


def _is_title(text: str) -> bool:
    """True when a first paragraph looks like a title."""
    if is_item(text) or is_caption(text) or is_section(text) or _HEADING_END.search(text):
        return False
    if is_unfinished(text) or starts_lower(text) or "\t" in text:
        return False
    return len(text.split()) <= 25 and len(text) <= 200


def _mark_running(texts: list[str], kinds: list[str]) -> None:
    """Label page numbers, and in a text that has some the short lines that stand again and again."""
    short = [index for index, text in enumerate(texts) if len(text) <= RUNNING_LENGTH]
    for index in short:
        if not kinds[index] and _is_foot(texts[index]):
            kinds[index] = "running"
    times = Counter(texts[index] for index in short)
    numbers = {text: int(found[1]) for text in times if not text[:1].isalpha() and (found := _BARE.fullmatch(text))}
    forms = {
        text: form
        for text, count in times.items()
        if (form := _running_form(text, bare=text in numbers, often=count >= RUNNING))
    }
    repeated = Counter[str]()
    for text, form in forms.items():
        repeated[form] += times[text]
    if not _count_pages([numbers[texts[index]] for index in short if texts[index] in numbers]):
        del repeated["#"]
    if not any("#" in form and count >= RUNNING for form, count in repeated.items()):
        return
    for index in short:
        if not kinds[index] and repeated.get(forms.get(texts[index], ""), 0) >= RUNNING:
            kinds[index] = "running"


def _count_pages(numbers: list[int]) -> bool:
    """True when most numbers are one more than the one before: page numbers, not the cells of a table."""
    return sum(b - a == 1 for a, b in pairwise(numbers)) > 0.6 * (len(numbers) - 1)


def _is_foot(text: str) -> bool:
    """True for what ends like the foot of a typewritten page, which is one even where a text has one alone."""
    return text.endswith("]") and bool(_FOOT.search(text))


def _running_form(text: str, *, bare: bool, often: bool) -> str:
    """What a running line has in common with its like on other pages; empty for a line that cannot run.

    A number runs in a page number only: "Case 1", "Case 2" are headings. Any other runs if it stands there `often`;
    `bare` says that it is nothing but a number.
    """
    lower = text.lower()
    paged = ("page " in lower or "p." in lower) and _PAGE.search(text)
    if not (often or bare or paged) or is_item(text) or is_caption(text) or ends_sentence(text):
        return ""
    if bare:
        return "#"
    if paged:
        return masked(text)
    return text if len(text.split()) >= 3 else ""


def _mark_layout(lines: Lines, kinds: list[str]) -> None:
    """Label captions, rows, items and headings, and all that is left as prose."""
    maybe = indices(lines.captions | lines.rows | lines.headings | lines.items)
    told = (each[maybe].tolist() for each in (lines.captions, lines.rows, lines.headings, lines.items))
    for index, captioned, tabbed, heads, listed in zip(maybe.tolist(), *told, strict=True):
        if kinds[index]:
            continue
        if captioned:
            kinds[index] = "caption"
        elif tabbed:
            kinds[index] = "row"
        elif heads and is_heading(lines[index], lines[index + 1], lines[index - 1] if index else ""):
            kinds[index] = "heading"
        elif listed:
            kinds[index] = "item"
    kinds[:] = [kind or "prose" for kind in kinds]
    _unmark_speakers(lines, kinds)
    _unmark_lists(kinds)


def is_heading(text: str, following: str, above: str = "") -> bool:
    """True for a short line without an end mark above a paragraph or a list.

    Over 19 biomedical articles turned to plain text precision is .989 and recall .966.
    """
    if not following or len(text) > HEADING or not (text[0].isupper() or text[0].isdigit()):
        return False
    if not (following[0].isupper() or following[0].isdigit() or following[0] in "\"'“‘(" or is_item(following)):
        return False
    if (
        (not text[-1].isalnum() and _HEADING_END.search(text) and not _CAPITALS.fullmatch(text))
        or len(text.split()) > HEADING_WORDS
        or is_unfinished(text)
    ):
        return False
    if is_item(text) and not _is_numbered_heading(text, following):
        return False
    if text[-1] == "?" and (asked := _ASKED.match(text) or _SPOKEN.match(text)):
        return asked.re is _ASKED and bool(_ANSWERED.match(following))
    if ": " in text and (
        _QUANTITY.search(text) or (_FIELD.match(text) and (_FIELD.match(following) or _FIELD.match(above)))
    ):
        return False
    if _ADDRESSED.search(text) or (_ODD.search(text) and _SIGNS.search(text)) or _is_foot(following):
        return False
    return bool(_WORDY.search(text)) and not (_DIGIT.search(text) and _is_row(text))


def _is_row(text: str) -> bool:
    """True when most words of a line, or half of many, are numbers or codes ("60", "T12-L2"): a row of a table."""
    numbering = _NUMBERING.match(text)
    words = text[numbering.end() if numbering else 0 :].split()
    codes = sum(map(bool, map(_CODE.match, words)))
    return codes >= 2 and 2 * codes + (codes > 2) > len(words)


def _is_numbered_heading(text: str, following: str) -> bool:
    """True for "2. Materials and methods" above a paragraph, false for an item in a list of such lines."""
    if not _NUMBERING.match(text) or len(text.split()) > 9:
        return False
    return item_number(following) != item_number(text) + 1


def _unmark_speakers(lines: Lines, kinds: list[str]) -> None:
    """Label as prose headings with a colon that name who speaks, "INTERVIEWER:" again and again, or begin a letter."""
    names = [at for at, kind in enumerate(kinds) if kind == "heading" and lines[at].endswith(":")]
    times = Counter(lines[at] for at in names)
    for at in names:
        words = lines[at].upper().rstrip(":").split()
        if (times[lines[at]] > 1 and len(words) <= _NAME_WORDS) or not _NO_HEADS.isdisjoint(words):
            kinds[at] = "prose"


def _unmark_lists(kinds: list[str]) -> None:
    """Label as items a long row of headings: a list without bullets.

    The last may head what follows, the first the list, unless it stands right below the title.
    """
    others = [-1, *(index for index, kind in enumerate(kinds) if kind != "heading"), len(kinds)]
    for before, after in pairwise(others):
        if after - before > LIST:
            first = before + (1 if before >= 0 and kinds[before] == "title" else 2)
            kinds[first : after - 1] = ["item"] * (after - 1 - first)


def level(heading: str) -> int:
    """The depth that a heading's number gives it, from 1; 0 when it has none."""
    number = re.match(r"\d{1,2}(?:\.\d{1,2}){0,3}(?=\.?\s)", heading)
    return number[0].count(".") + 1 if number else 0
