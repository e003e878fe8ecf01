"""Lines that name authors."""

import pytest

from indexer.clean.authors import is_author_line, names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Marc D Winkelman MD  (Dr. Winkelman has nothing to disclose.)", ["Marc D Winkelman"]),
        ("Rimas V Lukas MD, editor. (", ["Rimas V Lukas"]),
        ("Ada Winter, PhD, and Karl Sommer, M.D.", ["Ada Winter", "Karl Sommer"]),
        (
            "Ada Winter, M.D.,1 Karl Sommer, M.D., Ph.D.,2 Eva Herbst, M.D.1",
            ["Ada Winter", "Karl Sommer", "Eva Herbst"],
        ),
        ("Ada Winter, PhD¹, and Karl Sommer, M.D.²", ["Ada Winter", "Karl Sommer"]),
        ("By Dr. Jane O’Neill, MD", ["Jane O’Neill"]),
        ("By Jane Doe", ["Jane Doe"]),
        ("By Jane Doe, 3 May 2021", ["Jane Doe"]),
        ("By Jane Doe | May 3, 2021.", ["Jane Doe"]),
        ("By Jane Doe May 3, 2021", ["Jane Doe"]),
        ("Author: Jane Doe Date: 2021-05-03", ["Jane Doe"]),
        ("by Jane Doe and John van der Berg", ["Jane Doe", "John van der Berg"]),
        ("Written by Jane Doe", ["Jane Doe"]),
        ("Medically reviewed by Ada Winter, MD — Written by John Smith — Updated on March 3, 2021", ["John Smith"]),
        ("Reviewed by: Dr. Ada Winter", ["Ada Winter"]),
        ("Authors: Bouvier, Monique; Chen, Wei-Ju", ["Bouvier, Monique", "Chen, Wei-Ju"]),
        ("Author: Jamieson, Amanda M", []),
        ("Authors: Jane Doe, John Q. Smith", ["Jane Doe", "John Q. Smith"]),
    ],
)
def test_author_lines_anywhere_near_the_top(line: str, expected: list[str]) -> None:
    assert is_author_line(line)
    assert names(line) == expected or not expected


def test_a_single_author_last_name_first() -> None:
    assert names("Author: Jamieson, Amanda M") == ["Jamieson, Amanda M"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Zixing Huang, Maria Rossi and Karl Lindqvist", ["Zixing Huang", "Maria Rossi", "Karl Lindqvist"]),
        ("Zixing Huang1,*, Maria Rossi2 & K. J. Lindqvist1,2", ["Zixing Huang", "Maria Rossi", "K. J. Lindqvist"]),
        ("Zixing Huang¹,*, Maria Rossi² & K. J. Lindqvist¹,²", ["Zixing Huang", "Maria Rossi", "K. J. Lindqvist"]),
        ("John Q. Smith and Maria Rossi", ["John Q. Smith", "Maria Rossi"]),
        ("Élodie Bouvier; José Núñez", ["Élodie Bouvier", "José Núñez"]),
    ],
)
def test_bare_lists_right_below_a_title(line: str, expected: list[str]) -> None:
    assert is_author_line(line, below_title=True)
    assert not is_author_line(line)
    assert names(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "John Snow MD was the first to describe the spread of cholera.",
        "Baltimore City, MD 21201",
        "Comorbid major depression (MD) and alcohol use",
        "BACKGROUND: Comorbid Major Depression MD and more",
        "Spinal Meningioma, Spinal Schwannoma and Spinal Astrocytoma",
        "Great Lakes and Small Mountains",
        "By the end of the year",
        "Tumors of the spine",
        "Reviewed by Ada Winter and others, the method was found to be sound.",
        "Written by hand",
        "Paris, London, Rome",
        "",
    ],
)
def test_other_lines(line: str) -> None:
    assert not is_author_line(line, below_title=True)


def test_a_collaboration_has_a_long_line() -> None:
    people = ", ".join(["Zixing Huang", "Maria Rossi", "Karl Lindqvist"] * 30)
    assert is_author_line(people, below_title=True)
    assert len(names(people)) == 90
    assert not is_author_line(people * 10, below_title=True)
