"""What is done in C to texts, edits, tokens and words, drawn at random: sound, and spoilt in every way."""

from __future__ import annotations

import struct
import zlib
from random import Random
from typing import Any

import numpy as np
from nltk.stem.snowball import EnglishStemmer

from indexer import analyse, terms, tokens
from indexer.aligned import AlignedText
from indexer.cut import CLASSES, OTHER, PARTS
from indexer.plurals import singular
from indexer.vocabulary import Vocabulary
from tests.fuzz import words_asked as asked
from tests.fuzz.words_asked import ODD, SIGNS, SYLLABLES, outcome

_STEMMER = EnglishStemmer()


def check(built: Any, random: Random) -> str:
    """One call: sound, and answered as by hand or in numpy; or spoilt, and answered somehow or refused."""
    if random.random() < 0.3:
        sound = [
            check_cut,
            check_hashes,
            check_edited,
            check_stem,
            asked.check_held,
            asked.check_groups,
            asked.check_parentheses,
            asked.check_phrases,
            asked.check_standing,
            asked.check_told,
            asked.check_typed,
        ]
        random.choice(sound)(built, random)
        return "sound"
    spoilt = [
        cut_spoilt,
        edit_spoilt,
        place_spoilt,
        stem_spoilt,
        word_spoilt,
        asked.told_spoilt,
        asked.traits_spoilt,
        asked.held_spoilt,
        asked.groups_spoilt,
        asked.parentheses_spoilt,
        asked.phrases_spoilt,
        asked.stand_spoilt,
        asked.typed_spoilt,
    ]
    return random.choice(spoilt)(built, random)


def cut_spoilt(built: Any, random: Random) -> str:
    """A text that is none, or a table that is none."""
    given = [built.table(CLASSES), random.randbytes(random.choice([0, 3, 4, 400])), random.choice([1, 2, 4])]
    if random.random() < 0.5:
        given[random.randrange(3)] = random.choice(ODD)
    classes = random.choice(ODD[4:]) if random.random() < 0.5 else None
    call = random.choice([built.cut, built.hashes])
    return outcome(lambda: call(*(given if classes is None else [built.table(classes), *given[1:]])))


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
    return outcome(
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
    return outcome(built.place, *given)


def stem_spoilt(built: Any, random: Random) -> str:
    """A word that is none."""
    word = "".join(random.choices([*SYLLABLES, *SIGNS], k=random.choice([0, 1, 9, 70])))
    told = random.choice([({}, str.upper), analyse.STEMMING, ({word: 7}, 7), ([], int), *ODD])
    return outcome(built.stem, random.choice([word, word, *ODD]), told)


def word_spoilt(built: Any, random: Random) -> str:
    """A token that is none, or what is no vocabulary, no set and no stems."""
    pieces = [*SYLLABLES, *SIGNS, *"x-_/."]
    token = "".join(random.choices(pieces, k=random.choice([0, 1, 9, 70])))
    vocabulary = Vocabulary()
    given: list[Any] = [token, vocabulary, vocabulary.texts, tokens._APART, analyse.STEMMING, 0, 7]
    if random.random() < 0.5:
        given[random.randrange(len(given))] = random.choice(
            [*ODD, {token: "one"}, {"er": 2**70}, ({}, int), ({"er": 7}, 7)]
        )
    return outcome(built.word, *given)


def check_stem(built: Any, random: Random) -> None:
    """A stem is that of NLTK, irregular plurals made singular before."""
    word = "".join(random.choices(SYLLABLES, k=random.randint(1, 9)))[:64]
    assert built.stem(word, analyse.STEMMING) == _STEMMER.stem(singular(word))


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
