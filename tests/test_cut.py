"""What is cut in C against what is cut in Python, whose terms `test_terms.py` holds against those of the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import cut
from indexer.cut import CLASSES, CODES, Cutter, codes_of, is_space
from indexer.native import WORDS
from indexer.tokens import COUNT, FIRST, SHIFT, SIZE, TERM, Tokens
from tests.test_terms import CUES, TEXTS

NAMES = ["python", pytest.param("c", marks=pytest.mark.skipif(WORDS is None, reason="it is not built"))]


def cutter(name, most=1_000_000):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "WORDS", None if name == "python" else WORDS)
        return Cutter(Tokens, most)


def terms(cutter, text):
    """Term by term of a text: what it is, which word has it, and start and end of its stem, if it is one."""
    rows, starts = cutter.cut(text)
    tokens, place, found = cutter.tokens, 0, []
    for row, start in zip(rows.tolist(), starts.tolist(), strict=True):
        first, count, size, shift = (int(tokens.column(column)[row]) for column in (FIRST, COUNT, SIZE, SHIFT))
        held = [tokens.terms_column(column)[first : first + count].tolist() for column in range(TERM)]
        for number, part, begin, end in zip(*held, strict=True):
            span = () if end > len(text) else (start + shift + begin, start + shift + end)
            found.append((tokens.vocabulary.texts[number], place + part, *span))
        place += size
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" -- ,.", []),
        ("“spine”, 'spine' (spine).", ["spine"] * 3),
        ("1.5\u3000x\x851.5", ["1.5", "x", "1.5"]),
        ("a…b—c", ["a", "b", "c"]),
    ],
)
def test_tokens_stand_between_what_parts_words(name, text, expected):
    assert [found[0] for found in terms(cutter(name), text) if found[0][0] != "="] == expected


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(st.lists(TEXTS | CUES | st.text()))
def test_both_give_the_same_terms_at_the_same_places(texts):
    ours, theirs = cutter("c"), cutter("python")
    for text in texts:
        assert terms(ours, text) == terms(theirs, text)


@pytest.mark.parametrize("name", NAMES)
def test_a_token_is_analysed_once(name):
    made = cutter(name)
    terms(made, "spine, (spine) spine. \u3000spine")
    assert list(made.tokens).count("spine") == 1


@pytest.mark.parametrize("name", NAMES)
def test_tokens_are_made_anew_when_there_are_too_many_and_after_an_exception(name):
    made = cutter(name, most=8)
    for text, held in [("spine", ["spine"]), ("cysts", ["spine", "cysts"]), ("cord", ["cord"])]:
        with made.alone() as tokens:
            made.cut(text)
        assert list(tokens) == held
    with pytest.raises(KeyboardInterrupt), made.alone():
        raise KeyboardInterrupt
    with made.alone() as tokens:
        assert list(tokens) == []


@pytest.mark.skipif(WORDS is None, reason="it is not built")
def test_many_tokens_are_told_apart():
    words = [f"{at:x}" for at in range(5_000)] + [f"é{at:x}" for at in range(5_000)]
    made = cutter("c")
    rows, _ = made.cut(" ".join(words))
    again, _ = made.cut(" ".join(reversed(words)))
    assert len(set(rows.tolist())) == len(words)
    assert again.tolist() == rows.tolist()[::-1]
    assert all(made.tokens[word] == row for word, row in zip(words, rows.tolist(), strict=True))


def test_every_character_beyond_the_classes_belongs_to_a_token():
    assert not any(chr(code).isspace() for code in range(len(CLASSES), 0x110000))
    assert CLASSES[-1] == CLASSES[ord("a")]


@pytest.mark.parametrize("codes", [range(128), range(CODES + 9)], ids=["ascii", "beyond"])
def test_white_space_is_what_python_says(codes):
    text = "".join(map(chr, codes))
    assert is_space(codes_of(text)).tolist() == [sign.isspace() for sign in text]
