"""What is done in C to what a question sees of texts, drawn at random: sound, and spoilt in every way."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Callable
from operator import itemgetter
from random import Random
from typing import Any

import numpy as np

from indexer import acronyms, analyse, held, letters, marks, token_traits, traits
from indexer.cut import CLASSES
from indexer.phrases import NOT_TOLD, Phrases
from indexer.records import Span, Term
from indexer.typed import OF_TOKENS
from indexer.vocabulary import Vocabulary

SIGNS = ["a", "b", "Z", "1", " ", "\n", ",", "'", ".", "-", "é", "’", "\u0301", "\u3000", "\U0001f600", "\ud800"]
SYLLABLES = (
    "b c e l s t y at ate bl ed eed ent er ful gener ic ing ion ist ive iz ize l li ly ment ness og ous ss".split()
)
ODD = (None, 7, -1, 2**40, "text", b"", b"abc", object(), bytes(127), bytes(range(256)), memoryview(b"1234567")[::2])


def outcome(call: Callable[..., object], *given: object) -> str:
    """Whether a call was answered, somehow, or refused."""
    try:
        call(*given)
    except Exception:  # noqa: BLE001 - any but a fault of the memory, which ends the process
        return "refused"
    return "answered"


def told_spoilt(built: Any, random: Random) -> str:
    """Tokens that are none, or what is no vocabulary, tells no kinds and no stems."""
    vocabulary, some = Vocabulary(), _tokens(random)
    given: list[Any] = [
        some,
        vocabulary,
        vocabulary.texts,
        token_traits.SAID,
        analyse.STEMMING,
        random.choice([0, 2**31]),
    ]
    if random.random() < 0.3:
        some[random.randrange(len(some) + 1) :] = [random.choice(ODD)]
    if random.random() < 0.5:
        wrong = [*ODD, {"er": "one"}, {"er": 2**70}, ({}, int), ({"er": 7}, 7), ({}, lambda _: some.clear())]
        given[random.randrange(len(given))] = random.choice(wrong)
    return outcome(built.told, *given)


def check_told(built: Any, random: Random) -> None:
    """What is told of tokens is what Python tells, or nothing."""
    tokens = _tokens(random)
    ours, theirs = token_traits.Tokens(), token_traits.Tokens()
    for token, told in zip(tokens, _told(built, ours, tokens), strict=True):
        assert not told or told == _spelled(theirs, *theirs._made(token))


def _told(built: Any, tokens: token_traits.Tokens, some: list[str]) -> list[Any]:
    """Of each of some tokens what C tells, spelled out."""
    known = tokens.vocabulary
    rows, terms = built.told(some, known, known.texts, token_traits.SAID, analyse.STEMMING, 1)
    tokens._terms.frombytes(terms)
    return [_spelled(tokens, *row) if row[1] else [] for row in struct.iter_unpack("=3I", rows)]


def _spelled(tokens: token_traits.Tokens, first: int, count: int, size: int) -> list[Any]:
    texts, terms = tokens.vocabulary.texts, tokens.tables[1]
    rows = [terms[5 * at : 5 * at + 5].tolist() for at in range(first, first + count)]
    return [size, *[(texts[term], texts[word], *rest) for term, word, *rest in map(itemgetter(0, 2, 1, 3, 4), rows)]]


def _tokens(random: Random) -> list[Any]:
    pieces = [*SYLLABLES, *SIGNS[:4], *"x-_/.''", "qu", "May", "may", "19", "five", "Third", "s"]
    return [
        "".join(random.choices(pieces, k=random.choice([0, 1, 2, 4, 9, 30]))) for _ in range(random.choice([0, 1, 9]))
    ]


def traits_spoilt(built: Any, random: Random) -> str:
    """Tokens whose tables, rows or texts hold anything."""
    texts = ["".join(random.choices(SIGNS[:10], k=random.choice([0, 9, 300]))) for _ in range(3)]
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    with traits._cutter.alone() as known:
        rows, starts = traits._cutter.cut(" ".join(texts))
        tables = [np.array(table, np.uint32) for table in known.tables]
    given: list[Any] = [*tables, rows, starts, ends]
    at = random.randrange(len(given))
    if random.random() < 0.7 and given[at].size:
        given[at][random.randrange(given[at].size)] = random.choice([0, 1, 2, 7, 300, 2**31, 2**32 - 1])
    else:
        given[at] = random.choice([*ODD, given[at][: random.randrange(given[at].size + 1)].copy()])
    return outcome(built.traits, *given)


def held_spoilt(built: Any, random: Random) -> str:
    """Numbers of texts that there are not, or that are none."""
    given: list[Any] = [_numbers(random) for _ in range(3)] + [random.choice([-1, 0, 1, 9, 2**40, 2**63 - 1])]
    if random.random() < 0.7:
        given[1] = given[0].copy()
    if random.random() < 0.2:
        given[random.randrange(4)] = random.choice(ODD)
    return outcome(random.choice([built.held, built.follow, built.counts]), *given)


def check_held(built: Any, random: Random) -> None:
    """What stands in texts is what numpy finds."""
    size = random.choice([0, 1, 9, 300])
    texts = np.array(random.choices(range(9), k=size), np.int64)
    numbers, wanted = (np.array(random.choices(range(99), k=k), np.int64) for k in (size, random.choice([1, 2, 60])))
    wanted[::3] = (wanted[::3] << held.PAIRED) + 7
    given = texts, numbers, wanted, 9
    for call, twin in ((built.held, held._held), (built.follow, held._follow)):
        assert np.frombuffer(call(*given), bool).reshape(9, -1).tolist() == twin(*given).reshape(9, -1).tolist()
    told = np.frombuffer(built.counts(*given), np.int64).reshape(2, 9).tolist()
    assert told == [row.tolist() for row in held._counts(*given)]


def _numbers(random: Random) -> Any:
    kinds = (0, 1, 2, 7, -1, 2**31, 2**63 - 1, -(2**63))
    return np.array(random.choices(kinds, k=random.choice([0, 1, 9, 300])), np.int64)


def phrases_spoilt(built: Any, random: Random) -> str:
    """Texts that are none, or phrases that are none, too short or too many."""
    pieces = [*SYLLABLES, *SIGNS]
    texts = tuple("".join(random.choices(pieces, k=random.choice([0, 1, 9]))) for _ in range(random.choice([0, 1, 9])))
    lines = "\n".join(random.choices([*SYLLABLES, "ab", "al*", "at+", "", "*"], k=random.choice([0, 1, 9, 250, 300])))
    given: list[Any] = [texts, lines.encode()]
    if random.random() < 0.3:
        given[random.randrange(2)] = random.choice([*ODD, (7,), ("at", None)])
    return outcome(built.phrases, *given)


def check_phrases(built: Any, random: Random) -> None:
    """What texts hold is what the pattern finds."""
    chosen = [one + random.choice(["", "", "*", "+"]) for one in SYLLABLES if len(one) > 1 and random.random() < 0.2]
    known = Phrases("|".join(["at is", *chosen]))
    texts = ["".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 40]))) for _ in range(9)]
    for text, told in zip(texts, built.phrases(tuple(texts), known._lines), strict=True):
        assert told == NOT_TOLD or told == bool(re.search(known.pattern, text.lower()))


def groups_spoilt(built: Any, random: Random) -> str:
    """Texts or words that are none."""
    given: list[Any] = [_lines(random), _lines(random)]
    if random.random() < 0.3:
        given[random.randrange(2)] = random.choice([*ODD, (7,), ("at", None), ["text"]])
    return outcome(built.groups, *given)


def check_groups(built: Any, random: Random) -> None:
    """What texts hold of words is what Python counts."""
    texts, words = _lines(random), _lines(random)
    found = np.frombuffer(built.groups(texts, words)).reshape(len(texts), len(words))
    assert found.tolist() == letters._groups_held(texts, words).tolist()


def _lines(random: Random) -> tuple[str, ...]:
    pieces = [*SYLLABLES, *SIGNS, "\u0130"]
    return tuple(
        "".join(random.choices(pieces, k=random.choice([0, 1, 9, 60]))) for _ in range(random.choice([0, 1, 9]))
    )


def parentheses_spoilt(built: Any, random: Random) -> str:
    """Texts that are none."""
    return outcome(built.parentheses, random.choice([_told_of_short_forms(random), *ODD, ("(AB)", 7), (None,)]))


def check_parentheses(built: Any, random: Random) -> None:
    """What texts define is what Python finds that looks at all parentheses."""
    texts = _told_of_short_forms(random)
    found = acronyms._defined(texts, built.parentheses(texts), None)
    assert found == acronyms._defined(texts, acronyms._parentheses(texts), None)


def _told_of_short_forms(random: Random) -> tuple[str, ...]:
    pieces = [*SIGNS, *"()()(Bb", " (", ") ", "(AB)", "a b (AB, ", "AB (a b)", "HB-9", " " * 9, "ABCDEFGHIJ"]
    return tuple(
        "".join(random.choices(pieces, k=random.choice([0, 1, 9, 60]))) for _ in range(random.choice([0, 1, 9]))
    )


def stand_spoilt(built: Any, random: Random) -> str:
    """Positions that there are not, tokens of which anything is told, or what is no text and no record."""
    text = "".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 300])))
    numbers = (-(2**63), -1, 0, 1, 2, 9, 2**63 - 1, 2**64, None, "a")
    where: Any = {random.choice([*SIGNS, "ab", 7]): random.choices(numbers, k=random.randrange(4)) for _ in range(3)}
    forms = [(random.choice(SIGNS[:4]), *random.choices((0, 0, 1, 2, 300, *numbers), k=3)) for _ in range(3)]
    told = random.choice([*numbers, *forms, tuple(forms), forms, ()])
    given: list[Any] = [
        text,
        where,
        CLASSES,
        marks._SIZES,
        marks._STEMS,
        marks._TYPED,
        analyse.STEMMING,
        marks._RECORDS,
    ]
    for _ in range(random.randrange(3)):
        given[random.randrange(len(given))] = random.choice([*ODD, defaultdict(lambda: told), {"a": told}])
    if random.random() < 0.3:
        given[-1] = tuple(random.choice([one, one, int, Term, Span, range, *ODD]) for one in marks._RECORDS)
    return outcome(built.stand, *given)


def check_standing(built: Any, random: Random) -> None:
    """Where terms stand is what is counted in Python."""
    text = "".join(random.choices([*SIGNS[:15], *"xq+#_/"], k=random.choice([1, 9, 300])))
    where = {term: sorted(random.choices(range(200), k=150)) for term in ("a", "b", "11", "ab", "=Z", "1,1")}
    found = built.stand(
        text, where, CLASSES, marks._SIZES, marks._STEMS, marks._TYPED, analyse.STEMMING, marks._RECORDS
    )
    if found is None:  # left to Python
        assert max(map(len, text.split(" "))) > 64
    else:
        assert set(found) == set(marks._standing(text, where))


def typed_spoilt(built: Any, random: Random) -> str:
    """Tokens of which anything is told, or what is no texts and no terms."""
    texts = ("".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 300]))), "a")
    told = random.choice([("a", []), ("a", 7), ["a"], ("",), None])
    given: list[Any] = [texts, CLASSES, traits._IDLE, OF_TOKENS, ("=a=A",)]
    for _ in range(random.randrange(1, 3)):
        given[random.randrange(len(given))] = random.choice([*ODD, defaultdict(lambda: told), told, ("", "=b")])
    return outcome(built.typed, *given)


def check_typed(built: Any, random: Random) -> None:
    """The words as typed are counted as Python counts them."""
    pieces = [*SIGNS[:15], *"xq+#_/", "the", "The", "1.5", " aſ "]
    texts = ["".join(random.choices(pieces, k=random.choice([0, 1, 9, 3000]))) for _ in range(3)]
    known = ("=a", "=b", "=z=Z", "=the", "=the=The", "=1.5", "=é", "=as")
    found = np.frombuffer(built.typed(tuple(texts), CLASSES, traits._IDLE, OF_TOKENS, known), np.int64)
    assert found.reshape(2, -1).tolist() == traits._typed(texts, known).tolist()
