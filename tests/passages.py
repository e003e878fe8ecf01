"""Passages of plain words, found as an engine finds them."""

import re
from itertools import pairwise

import numpy as np

from indexer.analyse import analyse
from indexer.engines import POSITION_BITS, Heads
from indexer.engines.matches import Matches
from indexer.layout import layouts, read_layouts
from indexer.negation import scopes
from indexer.rank import Ranking, Sentences
from indexer.records import Match, Passage, Span
from indexer.sentences import sentences
from indexer.terms import terms_and_words
from indexer.typed import typed_terms
from indexer.units import units


def passage(document_id, text, ordinal=0, start=0, section=""):
    span = Span(start, start + len(text))
    begins = begins_of(text)
    return Passage(f"{document_id}.{ordinal}", document_id, ordinal, "prose", (), text, span, None, section, begins)


def begins_of(text):
    """Where the units of a text begin."""
    lines = re.finditer("[^\n]+", text)
    return tuple(line.start() + start for line in lines for start, _ in sentences(line[0]))


def units_of(text):
    """Start and end of each unit of a text."""
    held = units([text], [begins_of(text)])
    return list(zip(held.starts.tolist(), held.ends.tolist(), strict=True))


def matches_of(passages, scores):
    return Matches.of([Match(p.document_id, p.ordinal, score) for p, score in zip(passages, scores, strict=True)])


def ranking_of(rows):
    """Passages of (document, ordinal, start, end, where its best sentence begins), best first, as they are ranked."""
    keys, places = [row[:2] for row in rows], np.array([row[2:] for row in rows], np.int64).reshape(-1, 3)
    scores = -np.arange(len(rows), dtype=float)
    matches = Matches.of([Match(*key, score) for key, score in zip(keys, scores.tolist(), strict=True)])
    starts, ends, begins = places.T
    none, holds = np.empty(0, np.int64), np.empty((len(rows), 0), bool)
    return Ranking(
        matches=matches,
        layouts=layouts_read([])._replace(starts=starts, ends=ends),
        places={},
        order=np.arange(len(rows)),
        scores=scores,
        begins=begins,
        pairs=np.zeros(len(rows)),
        holds=holds,
        every=Sentences(*[none] * 4),
        worth=(),
    )


def layouts_of(passages):
    return layouts_read(layouts(passages, terms_and_words([one.text for one in passages])[1]))


def layouts_read(held):
    """Layouts that stand apart, read."""
    return read_layouts(*Heads.of(held))


def places_of(texts):
    """Term -> its places in the texts."""
    held = {}
    for at, text in enumerate(texts):
        for found in [*analyse(text), *typed_terms(text)]:
            held.setdefault(found.text, []).append((at << POSITION_BITS) + found.position)
    return {term: np.array(sorted(places)) for term, places in held.items()}


def positions_of_each(stands, sentences):
    """Of each sentence, for each clause the positions at which it stands."""
    positions = stands.positions.tolist()
    rows = [tuple(positions[start:end]) for start, end in pairwise(stands.bounds.tolist())]
    return [tuple(rows[at::sentences]) for at in range(sentences)]


def flags_by_position(text):
    """Position -> the flag that its word stands under, for words that stand under one."""
    flags = {}
    for scope in reversed(scopes(text)):  # so that of two flags at a place the first of FLAGS stands
        flags |= {term.position: scope.flag for term in analyse(text) if scope.span.holds(term.span)}
    return flags
