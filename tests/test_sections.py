import pytest

from indexer.sections import section


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("ABSTRACT", "abstract"),
        ("Key points", "abstract"),
        ("1. Introduction", "introduction"),
        ("Background", "introduction"),
        ("2 Materials and Methods", "methods"),
        ("Patients & Methods", "methods"),
        ("II. METHODS", "methods"),
        ("Statistical analysis", "methods"),
        ("3.1 Results", "results"),
        ("CASE REPORT", "case report"),
        ("Case 2", "case report"),
        ("DISCUSSION", "discussion"),
        ("Results and Discussion", "results"),
        ("CONCLUSION", "conclusion"),
        ("References", "references"),
        ("Funding", "acknowledgements"),
        ("Treatment", ""),
        ("Reference values of blood", ""),
        ("Methodist hospitals", ""),
        ("Casein", ""),
        ("Tumor Biopsy", ""),
        ("", ""),
    ],
)
def test_what_a_heading_opens(heading, name):
    assert section("prose", (heading,)) == name


def test_the_innermost_heading_that_says_something_decides():
    assert section("prose", ("Methods", "Results of the survey")) == "results"
    assert section("prose", ("Methods", "Cell lines")) == "methods"


@pytest.mark.parametrize(("kind", "name"), [("caption", "caption"), ("references", "references")])
def test_the_kind_counts_more_than_the_heading(kind, name):
    assert section(kind, ("Results",)) == name
