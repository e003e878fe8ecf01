"""Where lists of references begin and end."""

import pytest

from indexer.clean.references import mark_references

FILLER = "The spine has many bones, and every one of them can be the place of a tumor."


def marked(*paragraphs: tuple[str, str] | tuple[str, str, int], are_sure: bool = False) -> list[str]:
    """The kinds that paragraphs have, each given as its kind, its text and its level."""
    kinds = [kind for kind, *_ in paragraphs]
    levels = [int(rest[0]) if rest else 0 for _, _, *rest in paragraphs]
    mark_references([paragraph[1] for paragraph in paragraphs], kinds, levels if are_sure else ())
    return kinds


SMITH, JONES = ("prose", "Smith J. Tumors."), ("item", "Jones K. Cords.")


def test_references_up_to_an_appendix() -> None:
    found = marked(
        ("prose", FILLER), ("prose", "References"), SMITH, JONES, ("heading", "Appendix A"), ("prose", FILLER)
    )
    assert found == ["prose", "heading", "references", "references", "heading", "prose"]


@pytest.mark.parametrize(
    "heading", ["REFERENCES", "7. References", "٧. References", "Bibliography", "Literature cited:"]
)
def test_names_of_reference_lists(heading: str) -> None:
    assert marked(("prose", FILLER), ("prose", heading), SMITH, JONES)[-2:] == ["references", "references"]


def test_references_that_nothing_follows_are_a_word() -> None:
    assert marked(("prose", FILLER), ("prose", "References")) == ["prose", "heading"]


def test_what_surely_is_no_text_is_no_reference() -> None:
    found = marked(("heading", "References"), SMITH, ("running", "Page 9"), JONES)
    assert found == ["heading", "references", "running", "references"]


@pytest.mark.parametrize(("level", "ends"), [(1, True), (2, True), (3, True), (0, False)])
def test_a_heading_as_high_begins_something_else_where_levels_are_sure(level: int, ends: bool) -> None:
    found = (("heading", "References", 2), SMITH, ("heading", "Ethics declarations", level), ("prose", FILLER))
    assert marked(*found, are_sure=True)[-1] == ("prose" if ends else "references")
    assert marked(*found)[-1] == "references"


SKILLS = ("prose", "She reads maps, keeps bees and mends what is broken.")


@pytest.mark.parametrize(
    ("heading", "below", "kind"),
    [
        ("Skills", (SKILLS, SKILLS), "prose"),
        ("Papers of ours", (("item", "Roe J. On bees. 2019;4:12."), ("item", "Roe J. On maps, p. 12")), "references"),
        ("Online", (("item", "Bees, https://bees.example"), SKILLS), "references"),
        ("Books", (SKILLS, SKILLS), "references"),
    ],
)
def test_a_deeper_heading_ends_references_where_no_sources_stand_below_it(
    heading: str, below: tuple[tuple[str, str], ...], kind: str
) -> None:
    found = marked(("heading", "References", 2), SMITH, ("heading", heading, 3), *below, are_sure=True)
    assert found[3:] == [kind if kind == "references" else shown for shown, _ in below]
    assert found[1] == "references"


def test_of_headings_in_bold_letters_none_is_sure_to_stand_as_high() -> None:
    found = marked(("heading", "References", 6), SMITH, ("heading", "Are tumors rare?", 6), JONES, are_sure=True)
    assert found == ["heading", "references", "references", "references"]


@pytest.mark.parametrize("more", ["Further reading", "Books"])
def test_a_heading_of_more_of_them_does_not_end_references(more: str) -> None:
    found = marked(("heading", "References", 2), SMITH, ("heading", more, 2), JONES, are_sure=True)
    assert found[-1] == "references"
