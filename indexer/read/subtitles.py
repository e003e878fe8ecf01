"""Subtitles (.srt, .vtt): what is said, without times and tags, in paragraphs that pauses and speakers part.

1
00:00:01,000 --> 00:00:04,200
Most of them are <i>found</i>
in the spine.

The decoded file is the source's text as read. Captions that roll up say each line again; it is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from indexer.aligned import AlignedText, Edit
from indexer.read import text
from indexer.read.blocks import Labelled, assembled, joined
from indexer.records import Extract, Source

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})"
_CUE = re.compile(rf"(?<![^\r\n])[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*")
# What is not shown: notes and styles up to an empty line; the number or the name of a cue, above its time.
_ABOVE_TIME = r"[ \t]*(?![^\r\n])(?=(?:\r\n?|\n)[ \t]*[\d:.,]+[ \t]*-->)"
_BEHIND_EMPTY = r"(?:\A|(?<=\n\n)|(?<=\n\r\n))"
_NOTE = re.compile(rf"{_BEHIND_EMPTY}(?:NOTE|STYLE|REGION)\b(?:[^\n]|\n(?!\r?\n))*")  # of WebVTT alone
_NAME = re.compile(rf"{_BEHIND_EMPTY}[^\r\n]+{_ABOVE_TIME}|(?<![^\r\n])\d+{_ABOVE_TIME}")
_LINE = re.compile(r"[^\r\n]+")
_MARKUP = re.compile(
    r"<v(?:\.[^\s<>]{0,80})?\s{1,9}(?P<voice>[^<>]{1,80})>"
    r"|</?[biusc](?:\.[^<>\s]{0,80})?>|</?(?:v|lang|ruby|r[tp]|font)\b[^<>]{0,80}>|<[\d:.]{5,12}>|\{\\[^{}]{1,80}\}"
    r"|&(?:\w{2,8}|#\d{1,6});",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\ufeff?WEBVTT[ \t]+-?[ \t]*(?P<title>[^\r\n]*\w[^\r\n]*)")
_SPEAKS = re.compile(r"\s*(?:[-–—]|>>|\[|\(|♪)")  # begins what another says, or what is heard
_ENDS = re.compile(r"[.!?…\])♪][\"”’']?\s*\Z")
_PAUSE = 1.0  # seconds behind the end of a sentence from which on a paragraph ends
_BREAK = 5.0  # the same where no sentence ends, as in captions without any stops
_BLINK = 0.2  # seconds: a cue that says nothing new is shown so long at most when lines roll up; else it is said again
_MOST_LINES = 8  # of a cue that rolls up


class _Said(NamedTuple):
    """A line that is shown, and when."""

    text: AlignedText
    start: float  # seconds
    end: float
    is_anew: bool  # somebody else speaks


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of the file; what has no times is read as plain text."""
    original = text.decode(data, source.path)
    aligned, blocks = assembled(Labelled("prose", paragraph) for paragraph in _paragraphs(original))
    if not blocks:
        return text.extracts(data, source)
    named = _NAMED.match(original)
    title = named["title"].strip() if named else ""
    return (Extract(source, original, aligned, title=title, blocks=blocks, guessed=("title",) if title else ()),)


def _paragraphs(original: str) -> Iterator[AlignedText]:
    """What is said, the lines together that no pause and no other speaker parts."""
    held: list[_Said] = []
    for line in _lines(original):
        if held and (line.is_anew or line.start - held[-1].end >= _pause(held[-1].text.text)):
            yield joined((one.text for one in held), " ")
            held = []
        held.append(line)
    if held:
        yield joined((one.text for one in held), " ")


def _pause(said: str) -> float:
    """How long nothing is said before another paragraph begins."""
    return _PAUSE if _ENDS.search(said) else _BREAK


def _lines(original: str) -> Iterator[_Said]:
    """The lines that are shown, each once, in order."""
    whole = AlignedText.of(original)
    before: list[str] = []  # what the cue before has shown
    end = 0.0
    voice = ""
    rolls = False
    for start, stop, lines in _cues(original):
        before = before if start <= end else []
        shown: list[str] = []
        said: list[_Said] = []
        for first, last in lines:
            line, speaker = _plain(whole[first:last], voice)
            if words := " ".join(line.text.split()):
                shown.append(words)
                said.append(_Said(line, start, stop, speaker != voice or _SPEAKS.match(words) is not None))
            voice = speaker
        rolled = _rolled(before, shown)
        is_said_again = rolled == len(said) and not rolls and stop - start > _BLINK
        yield from said if is_said_again else said[rolled:]
        rolls = 0 < rolled < len(said)
        before, end = shown, stop


def _rolled(before: Sequence[str], shown: Sequence[str]) -> int:
    """How many lines of a cue are the last ones of the cue before, rolled up."""
    most = min(len(before), len(shown), _MOST_LINES)
    return next((size for size in range(most, 0, -1) if before[-size:] == shown[:size]), 0)


def _cues(original: str) -> Iterator[tuple[float, float, list[tuple[int, int]]]]:
    """From when to when something is shown, in seconds, and where its lines stand."""
    hidden = _NOTE.sub(_blank, original) if original.lstrip("\ufeff").startswith("WEBVTT") else original
    hidden = _NAME.sub(_blank, hidden)
    found = list(_CUE.finditer(hidden))
    ends = [*(cue.start() for cue in found[1:]), len(hidden)]
    for cue, end in zip(found, ends, strict=False):
        lines = [line.span() for line in _LINE.finditer(hidden, cue.end(), end) if line[0].strip()]
        yield _seconds(cue, 1), _seconds(cue, 5), lines


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _seconds(time: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(time[first + at] or 0) for at in range(4))
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000


def _plain(line: AlignedText, voice: str) -> tuple[AlignedText, str]:
    """A line without markup, behind the name of who speaks where that is another than before; and that name."""
    edits: list[Edit] = []
    for found in _MARKUP.finditer(line.text):
        if found["voice"] and found["voice"] != voice:
            voice = found["voice"]
            edits += (found.start(), found.start("voice"), ""), (found.end() - 1, found.end(), ": ")
        elif found[0].startswith("&"):
            edits.append((*found.span(), unescape(found[0])))
        else:
            edits.append((*found.span(), ""))
    return line.edit(edits), voice
