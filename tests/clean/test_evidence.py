"""What a document says about its own words."""

import pytest

from indexer.clean.evidence import Evidence

TEXT = """
The time-series is long. Each Time-Series has a time stamp, and timestamps are whole numbers. The timestamp of PubMed
is short. Signal-to-noise ratios were low. The timestamp-based rule and the time-series-based rule agree.
"""


def test_words_and_pairs_are_counted() -> None:
    counts = Evidence(TEXT).folded
    assert counts["time-series"] == 3
    assert counts["timestamp"] == 2
    assert (counts["signal-to"], counts["to-noise"], counts["noise"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("time", "series", False),
        ("time", "stamp", True),
        ("Time", "stamp", True),
        ("over", "time", None),
        ("Pub", "Med", True),
        ("pub", "Med", None),
        ("TIME", "SERIES", False),
    ],
)
def test_the_more_frequent_spelling_wins(left: str, right: str, joined: bool | None) -> None:
    assert Evidence(TEXT).joined_wins(left, right) is joined


def test_the_list_and_the_document_know_words() -> None:
    evidence = Evidence("The leptomeninges were spared.")
    assert evidence.knows("leptomeninges")
    assert evidence.knows("tumor")
    assert not evidence.knows("metasta")


def test_counting_waits_until_it_is_asked_for() -> None:
    evidence = Evidence(TEXT)
    assert "exact" not in evidence.__dict__
    assert evidence.knows("tumor")
    assert "exact" not in evidence.__dict__
