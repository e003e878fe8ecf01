"""What is done in C to texts, edits, tokens and words, drawn at random: sound, and spoilt in every way."""

from __future__ import annotations

import re
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
from nltk.stem.snowball import EnglishStemmer

from indexer import analyse, held, marks, terms, token_traits, tokens, traits
from indexer.aligned import AlignedText
from indexer.cut import CLASSES, OTHER, PARTS
from indexer.phrases import NOT_TOLD, Phrases
from indexer.records import Span, Term
from indexer.vocabulary import Vocabulary

SIGNS = ["a", "b", "Z", "1", " ", "\n", ",", "'", ".", "-", "é", "’", "\u0301", "\u3000", "\U0001f600", "\ud800"]
SYLLABLES = (
    "b c e l s t y at ate bl ed eed ent er ful gener ic ing ion ist ive iz ize l li ly ment ness og ous ss".split()
)
_STEMMER = EnglishStemmer()
ODD = (None, 7, -1, 2**40, "text", b"", b"abc", object(), bytes(127), bytes(range(256)), memoryview(b"1234567")[::2])


def check(built: Any, random: Random) -> str:
    """One call: sound, and answered as by hand or in numpy; or spoilt, and answered somehow or refused."""
    if random.random() < 0.3:
        sound = [
            check_cut,
            check_hashes,
            check_edited,
            check_stem,
            check_held,
            check_phrases,
            check_standing,
            check_told,
        ]
        random.choice(sound)(built, random)
        return "sound"
    spoilt = [
        cut_spoilt,
        edit_spoilt,
        place_spoilt,
        stem_spoilt,
        word_spoilt,
        told_spoilt,
        traits_spoilt,
        held_spoilt,
        phrases_spoilt,
        stand_spoilt,
    ]
    return random.choice(spoilt)(built, random)


def cut_spoilt(built: Any, random: Random) -> str:
    """A text that is none, or a table that is none."""
    given = [built.table(CLASSES), random.randbytes(random.choice([0, 3, 4, 400])), random.choice([1, 2, 4])]
    if random.random() < 0.5:
        given[random.randrange(3)] = random.choice(ODD)
    classes = random.choice(ODD[4:]) if random.random() < 0.5 else None
    call = random.choice([built.cut, built.hashes])
    return _outcome(lambda: call(*(given if classes is None else [built.table(classes), *given[1:]])))


def _outcome(call: Callable[..., object], *given: object) -> str:
    """Whether a call was answered, somehow, or refused."""
    try:
        call(*given)
    except Exception:  # noqa: BLE001 - any but a fault of the memory, which ends the process
        return "refused"
    return "answered"


def edit_spoilt(built: Any, random: Random) -> str:
    """Runs that do not cover a text, edits that do not fit, or neither."""
    text = "".join(random.choices(SIGNS, k=random.choice([0, 1, 9, 300])))
    numbers = (-(2**63), -1, 0, 1, 2, 9, len(text), 2**63 - 1)
    runs = [len(text), 5, len(text) + 5]
    edits: list[Any] = [(at, at + random.randrange(3), random.choice(SIGNS)) for at in range(0, len(text), 4)]
    for _ in range(random.randrange(3)):
        row = (*random.choices((*numbers, 2**64, None), k=2), random.choice([*SIGNS, *numbers]))
        edits[random.randrange(len(edits) + 1) :] = [random.choice([row, row, row, *ODD])]
        runs[random.randrange(len(runs)) :] = random.choices(numbers, k=random.choice([1, 2, 3, 6]))
    packed = struct.pack(f"={len(runs)}q", *runs)
    return _outcome(
        built.edit, random.choice([text, text, text, *ODD]), random.choice([packed, packed, packed, *ODD]), tuple(edits)
    )


def place_spoilt(built: Any, random: Random) -> str:
    """Terms of tokens whose tables, rows or edges hold anything."""
    texts = ["".join(random.choices(SIGNS[:10], k=random.choice([0, 9, 300]))) for _ in range(3)]
    with terms._cutter.alone() as tokens:
        batch = terms._Batch(texts, tokens)
    size = int(batch.bases[-1])
    scopes = [[random.randrange(3), *sorted(random.choices(range(size), k=2))] for _ in range(random.choice([0, 1, 9]))]
    given: list[Any] = [
        *(np.array(table, np.uint32) for table in batch.tokens.tables),
        batch.rows.copy(),
        batch.starts.copy(),
        batch.edges.copy(),
        np.array(scopes, np.int64).reshape(-1, 3),
        np.arange(3, dtype=np.uint32),
    ]
    for _ in range(random.choice([1, 1, 2])):
        at = random.randrange(len(given))
        if random.random() < 0.1:
            given[at] = random.choice(ODD)
        elif isinstance(given[at], np.ndarray) and given[at].size and random.random() < 0.7:
            given[at].reshape(-1)[random.randrange(given[at].size)] = random.choice([0, 1, 2, 7, 300, 2**31, 2**32 - 1])
        elif isinstance(given[at], np.ndarray):
            given[at] = given[at][: random.randrange(len(given[at]) + 1)].copy()
    return _outcome(built.place, *given)


def stem_spoilt(built: Any, random: Random) -> str:
    """A word that is none."""
    word = "".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 70])))
    return _outcome(built.stem, random.choice([word, word, *ODD]))


def word_spoilt(built: Any, random: Random) -> str:
    """A token that is none, or what is no vocabulary, no set and no stemmer."""
    pieces = [*SYLLABLES, *SIGNS, *"x-_/."]
    token = "".join(random.choices(pieces, k=random.choice([0, 1, 9, 70])))
    vocabulary = Vocabulary()
    given: list[Any] = [token, vocabulary, vocabulary.texts, tokens._APART, analyse.folded_term, 0, 7]
    if random.random() < 0.5:
        given[random.randrange(len(given))] = random.choice([*ODD, {token: "one"}, {"er": 2**70}, int, str.split])
    return _outcome(built.word, *given)


def told_spoilt(built: Any, random: Random) -> str:
    """Tokens that are none, or what is no vocabulary, tells no kinds and is no stemmer."""
    vocabulary, some = Vocabulary(), _tokens(random)
    given: list[Any] = [
        some,
        vocabulary,
        vocabulary.texts,
        token_traits.SAID,
        analyse.folded_term,
        random.choice([0, 2**31]),
    ]
    if random.random() < 0.3:
        some[random.randrange(len(some) + 1) :] = [random.choice(ODD)]
    if random.random() < 0.5:
        wrong = [*ODD, {"er": "one"}, {"er": 2**70}, int, str.split, lambda _: some.clear()]
        given[random.randrange(len(given))] = random.choice(wrong)
    return _outcome(built.told, *given)


def check_told(built: Any, random: Random) -> None:
    """What is told of tokens is what Python tells, or nothing."""
    tokens = _tokens(random)
    ours, theirs = token_traits.Tokens(), token_traits.Tokens()
    for token, told in zip(tokens, _told(built, ours, tokens), strict=True):
        assert not told or told == _spelled(theirs, *theirs._made(token))


def _told(built: Any, tokens: token_traits.Tokens, some: list[str]) -> list[Any]:
    """Of each of some tokens what C tells, spelled out."""
    known = tokens.vocabulary
    rows, terms = built.told(some, known, known.texts, token_traits.SAID, analyse.folded_term, 1)
    tokens._terms.frombytes(terms)
    return [_spelled(tokens, *row) if row[1] else [] for row in struct.iter_unpack("=3I", rows)]


def _spelled(tokens: token_traits.Tokens, first: int, count: int, size: int) -> list[Any]:
    texts, terms = tokens.vocabulary.texts, tokens.tables[1]
    rows = [terms[5 * at : 5 * at + 5].tolist() for at in range(first, first + count)]
    return [size, *[(*map(texts.__getitem__, row[:3]), *row[3:]) for row in rows]]


def _tokens(random: Random) -> list[Any]:
    pieces = [*SYLLABLES, *SIGNS[:4], *"x-_/.", "May", "may", "19", "five", "Third", "s"]
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
    return _outcome(built.traits, *given)


def held_spoilt(built: Any, random: Random) -> str:
    """Numbers of texts that there are not, or that are none."""
    given: list[Any] = [_numbers(random) for _ in range(3)] + [random.choice([-1, 0, 1, 9, 2**40, 2**63 - 1])]
    if random.random() < 0.7:
        given[1] = given[0].copy()
    if random.random() < 0.2:
        given[random.randrange(4)] = random.choice(ODD)
    return _outcome(built.held, *given)


def phrases_spoilt(built: Any, random: Random) -> str:
    """Texts that are none, or phrases that are none, too short or too many."""
    pieces = [*SYLLABLES, *SIGNS]
    texts = tuple("".join(random.choices(pieces, k=random.choice([0, 1, 9]))) for _ in range(random.choice([0, 1, 9])))
    lines = "\n".join(random.choices([*SYLLABLES, "ab", "al*", "at+", "", "*"], k=random.choice([0, 1, 9, 250, 300])))
    given: list[Any] = [texts, lines.encode()]
    if random.random() < 0.3:
        given[random.randrange(2)] = random.choice([*ODD, (7,), ("at", None)])
    return _outcome(built.phrases, *given)


def check_phrases(built: Any, random: Random) -> None:
    """What texts hold is what the pattern finds."""
    chosen = [one + random.choice(["", "", "*", "+"]) for one in SYLLABLES if len(one) > 1 and random.random() < 0.2]
    known = Phrases("|".join(["at is", *chosen]))
    texts = ["".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 40]))) for _ in range(9)]
    for text, told in zip(texts, built.phrases(tuple(texts), known._lines), strict=True):
        assert told == NOT_TOLD or told == bool(re.search(known.pattern, text.lower()))


def check_held(built: Any, random: Random) -> None:
    """What stands in texts is what numpy finds."""
    size = random.choice([0, 1, 9, 300])
    texts = np.array(random.choices(range(9), k=size), np.int64)
    numbers, wanted = (np.array(random.choices(range(99), k=k), np.int64) for k in (size, random.choice([0, 2, 60])))
    found = np.frombuffer(built.held(texts, numbers, wanted, 9), bool).reshape(9, len(wanted))
    assert found.tolist() == held._held(texts, numbers, wanted, 9).tolist()


def stand_spoilt(built: Any, random: Random) -> str:
    """Positions that there are not, tokens of which anything is told, or what is no text and no record."""
    text = "".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 300])))
    numbers = (-(2**63), -1, 0, 1, 2, 9, 2**63 - 1, 2**64, None, "a")
    where: Any = {random.choice([*SIGNS, "ab", 7]): random.choices(numbers, k=random.randrange(4)) for _ in range(3)}
    forms = [(random.choice(SIGNS[:4]), *random.choices((0, 0, 1, 2, 300, *numbers), k=3)) for _ in range(3)]
    told = random.choice([*numbers, *forms, tuple(forms), forms, ()])
    given: list[Any] = [text, where, CLASSES, marks._SIZES, marks._STEMS, marks._TYPED, Span, Term]
    for _ in range(random.randrange(3)):
        given[random.randrange(len(given))] = random.choice([*ODD, defaultdict(lambda: told), {"a": told}])
    return _outcome(built.stand, *given)


def check_standing(built: Any, random: Random) -> None:
    """Where terms stand is what is counted in Python."""
    text = "".join(random.choices([*SIGNS[:15], *"xq+#_/"], k=random.choice([1, 9, 300])))
    where = {term: sorted(random.choices(range(200), k=150)) for term in ("a", "b", "11", "ab", "=Z", "1,1")}
    found = built.stand(text, where, CLASSES, marks._SIZES, marks._STEMS, marks._TYPED, Span, Term)
    assert set(found) == set(marks._standing(text, where))


def _numbers(random: Random) -> Any:
    kinds = (0, 1, 2, 7, -1, 2**31, 2**63 - 1, -(2**63))
    return np.array(random.choices(kinds, k=random.choice([0, 1, 9, 300])), np.int64)


def check_stem(built: Any, random: Random) -> None:
    """A stem is that of NLTK, but of words that are listed."""
    word = "".join(random.choices(SYLLABLES, k=random.randint(1, 9)))[:64]
    assert word in analyse._LISTED or built.stem(word) == _STEMMER.stem(word)


def check_cut(built: Any, random: Random) -> None:
    """Tokens, where they begin and which are new are as told by hand, in one text after another."""
    classes = CLASSES if random.random() < 0.5 else bytes(random.choices(range(4), k=random.choice([128, 300])))
    table = built.table(classes)
    known: dict[str, int] = {}
    for _ in range(random.randint(1, 4)):
        text = "".join(random.choices(SIGNS[: random.choice([10, 16])], k=random.choice([0, 1, 9, 300, 20_000])))
        expected = _cut(text, classes, known)
        encoded, width = (text.encode(), 1) if text.isascii() else (text.encode("utf-32-le", "surrogatepass"), 4)
        assert [np.frombuffer(found, np.uint32).tolist() for found in built.cut(table, encoded, width)] == expected


def check_hashes(built: Any, random: Random) -> None:
    """Each token is told by the number that zlib gives."""
    classes = bytes([PARTS]) + bytes(random.choices([PARTS, OTHER], k=random.choice([127, 300])))
    text = "".join(random.choices(SIGNS[:15], k=random.choice([0, 1, 9, 300])))
    sorts = [classes[min(ord(sign), len(classes) - 1)] for sign in text]
    tokens = "".join(sign if sort else "\0" for sign, sort in zip(text, sorts, strict=True)).split("\0")
    expected = [zlib.crc32(token.encode()) for token in tokens if token]
    encoded, width = (text.encode(), 1) if text.isascii() else (text.encode("utf-32-le"), 4)
    assert np.frombuffer(built.hashes(built.table(classes), encoded, width), np.uint32).tolist() == expected


def check_edited(built: Any, random: Random) -> None:
    """Edits of edits of a text are those in Python."""
    text = AlignedText.of("".join(random.choices(SIGNS, k=random.choice([0, 1, 9, 300]))))
    for _ in range(random.randint(1, 4)):
        places = sorted(random.choices(range(len(text) + 1), k=random.choice([0, 2, 40])))
        edits = tuple(
            (start, end, "".join(random.choices(SIGNS, k=random.choice([0, 1, 1, end - start, 3]))))
            for start, end in zip(places[::2], places[1::2], strict=True)
        )
        expected = text._edited(edits)
        assert AlignedText(*built.edit(text.text, text.packed, edits)) == expected
        cut = random.randint(0, len(expected))
        text = random.choice([expected, expected[cut:] + expected[:cut]])


def _cut(text: str, classes: bytes, known: dict[str, int]) -> list[list[int]]:
    """Numbers, starts, and the edges of new tokens."""
    numbers, starts, fresh = [], [], []
    of = [classes[min(ord(sign), len(classes) - 1)] for sign in text]
    end = -1
    for at in range(len(text)):
        if at > end and of[at] > 1:
            end = next((after for after in range(at, len(text)) if of[after] == 0), len(text))
            last = max(place for place in range(at, end) if of[place] > 1)
            token = text[at : last + 1]
            if token not in known:
                known[token] = len(known)
                fresh += at, last + 1
            numbers.append(known[token])
            starts.append(at)
    return [numbers, starts, fresh]
