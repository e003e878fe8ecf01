"""What holds for every text, however messy."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.clean import clean
from indexer.records import KINDS, ROWS, Document
from tests.clean.extracts import again, again_blocked, blocked, plain
from tests.clean.messy import blocks, messy, unbacked

ENOUGH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ENOUGH
@given(messy)
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = clean(plain(text))
    twice = clean(again(once))
    assert twice.text.text == once.text.text
    assert twice.blocks == once.blocks
    assert (twice.title, twice.authors, twice.date) == (once.title, once.authors, once.date)


@ENOUGH
@given(blocks, st.sets(st.integers(0, 5)))
def test_cleaning_clean_blocks_changes_nothing(parts: list[tuple[str, str]], pages: set[int]) -> None:
    once = clean(blocked(parts, sorted(page for page in pages if page < len(parts))))
    if not once.blocks:
        return
    twice = clean(again_blocked(once))
    assert twice.text.text == once.text.text
    assert twice.blocks == once.blocks


@ENOUGH
@given(messy)
@example("Í\x84")  # mojibake of a mark that is composed to two
def test_every_character_is_backed_by_the_source(text: str) -> None:
    document = clean(plain(text))
    assert unbacked(document.text, text) == []


@ENOUGH
@given(blocks)
@example([("action", "Ã©ﬃ")])
@example([("action", "\x81Ó\x86• ")])  # mojibake once its first character, which nobody sees, is gone
def test_every_character_of_blocks_is_backed_by_the_source(parts: list[tuple[str, str]]) -> None:
    extract = blocked(parts)
    assert unbacked(clean(extract).text, extract.original) == []


@ENOUGH
@given(messy)
def test_every_character_but_white_space_lies_in_exactly_one_block(text: str) -> None:
    check_blocks(clean(plain(text)))


@ENOUGH
@given(blocks)
def test_every_character_of_structured_text_lies_in_exactly_one_block(parts: list[tuple[str, str]]) -> None:
    check_blocks(clean(blocked(parts)))


def check_blocks(document: Document) -> None:
    text = document.text.text
    held = Counter(at for block in document.blocks for at in range(block.span.start, block.span.end))
    assert set(held.values()) <= {1}
    assert [at for at, character in enumerate(text) if not character.isspace() and at not in held] == []
    assert list(document.blocks) == sorted(document.blocks, key=lambda block: block.span)
    for block in document.blocks:
        assert block.kind in KINDS
        words = block.span.of(text)
        assert words
        before = "\t" if block.kind in ROWS else " \t" if block.kind == "code" else ""  # empty cells, an indent
        assert words.strip() == (words.lstrip(before) if before else words) != ""
        assert "\n" not in words


@ENOUGH
@given(messy)
def test_cleaning_is_a_function_of_the_extract(text: str) -> None:
    assert clean(plain(text)) == clean(plain(text))


@ENOUGH
@given(st.lists(st.sampled_from(["Tumors are rare.", "Most of them are benign.", "The cord is spared."]), min_size=1))
def test_sentences_in_paragraphs_are_left_alone(sentences: list[str]) -> None:
    text = "\n\n".join(sentences)
    document = clean(plain(text))
    assert document.text.text == text
    assert {block.kind for block in document.blocks} == {"prose"}


@given(st.text(alphabet="\n\r\t \x0c\u200b\xa0", max_size=20))
def test_nothing_but_white_space_is_an_empty_document(text: str) -> None:
    document = clean(plain(text))
    assert (document.text.text, document.blocks) == ("", ())
    assert document.title == "A small file"
