import pytest

from indexer.punkt import ends


@pytest.mark.parametrize(
    ("before", "mark", "behind", "told"),
    [
        ("grew", ".", " It", True),
        ("grew", ".", " it", True),
        ("Fig", ".", " A", False),
        ("non-Fig", ".", " A", False),
        ("vs", "?", " A", True),
        ("J", ".", " Smith", False),
        ("J", ".", " 2", True),
        ("12", ".", " of", False),
        ("12", ".", " Of", True),
        ("...", ".", " Then", False),
        ("", ".", " .", True),
        ("(one)", ".", " Two", True),
        ("etc", ".", ")", False),
        ("one", ".", ")", True),
    ],
)
def test_a_mark_ends_a_sentence_by_its_word_and_by_what_comes_next(before, mark, behind, told):
    text = f"x {before}{mark}{behind}"
    at = 2 + len(before)
    assert ends(text, 2, at, len(text) - len(behind.lstrip())) is told
