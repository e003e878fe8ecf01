"""What each rule is noted to have done."""

from indexer.aligned import AlignedText
from indexer.clean import clean
from indexer.clean.steps import Steps
from tests.clean.extracts import plain


def test_rules_that_changed_something_are_counted_with_what_they_took() -> None:
    steps = Steps()
    clean(plain("It is very rare3,10). The ﬁrst of the pa- tients\u200b came."), steps)
    assert steps.summary() == (("characters", 0), ("spaces inside words", 2), ("citation numbers", 5))


def test_a_clean_text_has_no_steps() -> None:
    steps = Steps(keep=True)
    clean(plain("Tumors are rare.\n\nMost of them are benign."), steps)
    assert steps.summary() == ()
    assert steps.texts == []


def test_texts_are_kept_when_asked_for() -> None:
    before, after = AlignedText.of("one  two"), AlignedText.of("one two")
    kept, counted = Steps(keep=True), Steps()
    assert kept.note("characters", before, after) is after
    assert counted.note("characters", before, after) is after
    assert kept.texts == [("characters", "one  two", "one two")]
    assert counted.texts == []
    assert kept.summary() == counted.summary() == (("characters", 1),)
