from __future__ import annotations

import pytest

from indexer.read.pdf_authors import is_name
from indexer.records import Extract
from tests.read.pdf_writer import Text, bold, column, read
from tests.read.soundness import blocks

PROSE = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment which they were given by their doctors, nor were they seen again."
)
TITLE = "Life events and dementia"


def article(*under: Text, title: str = TITLE, **info: str) -> Extract:
    """An article with a title, what stands under it, and prose."""
    return read([Text(54, 750, title, 18), *under, *column(54, 600, PROSE)], info=info)


def test_a_title_that_the_page_has_too_is_stated() -> None:
    extract = article(Title="Life Events and Dementia")
    assert extract.title == "Life Events and Dementia"
    assert "title" not in extract.guessed


@pytest.mark.parametrize(
    "lie",
    [
        "",
        "5",
        "ipg1300180a",
        "Microsoft Word - x.doc",
        "Microsoft PowerPoint - talk.ppt",
        "final version.docx",
        "untitled document",
        "Instructions for authors of the journal",
    ],
)
def test_a_title_that_is_no_title_gives_way_to_the_page(lie: str) -> None:
    extract = article(Title=lie)
    assert extract.title == TITLE
    assert "title" in extract.guessed


def test_without_a_title_on_the_page_the_dictionary_is_believed() -> None:
    extract = read(column(54, 600, PROSE), info={"Title": "Life events and dementia"})
    assert (extract.title, extract.guessed) == (TITLE, ())


def test_a_title_broken_by_a_hyphen_is_one_line() -> None:
    page = [Text(54, 750, "Life events are not associ-", 18), Text(54, 728, "ated with the risk of it", 18)]
    assert read([*page, *column(54, 600, PROSE)]).title == "Life events are not associated with the risk of it"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("\xfe\xff\x00L\x00i\x00f\x00e\x00 \x00e\x00v\x00e\x00n\x00t\x00s", "Life events"),
        ("\xfe\xff\x00L\x00i\x00f\x00e\x00 \x00e\xd8", "Life e"),
        ("\xfe\xff\x00L\x00i\x00f\x00e\x00 \x00e\xd8\x00", "Life e"),
        ("Life\x01events", "Life events"),
    ],
)
def test_a_damaged_title_loses_what_is_no_text(said: str, title: str) -> None:
    assert read(column(54, 600, PROSE), info={"Title": said}).title == title


def test_no_title_at_all() -> None:
    extract = read(column(54, 600, PROSE))
    assert (extract.title, extract.authors, extract.date, extract.doi) == ("", (), "", "")


def raised(x: float, y: float, *pieces: str) -> list[Text]:
    """Names and raised marks by turns."""
    found = []
    for at, piece in enumerate(pieces):
        size = 6 if at % 2 else 10
        found.append(Text(x, y + (4 if at % 2 else 0), piece, size))
        x += 0.6 * size * len(piece)
    return found


def test_authors_stand_under_the_title_with_raised_marks() -> None:
    names = raised(
        54, 720, "Indraneel Datta", "1", ", Chad G Ball", "1,2*", ", Lucas Rudmik", "3", " and J-L van der Waals", "2"
    )
    extract = article(*names)
    assert extract.authors == ("Indraneel Datta", "Chad G Ball", "Lucas Rudmik", "J-L van der Waals")
    assert "authors" in extract.guessed


def test_addresses_under_the_names_are_no_prose() -> None:
    names = Text(54, 720, "Anna Sundström, Michael Rönnlund")
    extract = article(names, Text(54, 700, "Department of Psychology, Umeå University", 8), bold(54, 630, "Abstract"))
    assert extract.authors == ("Anna Sundström", "Michael Rönnlund")
    assert [kind for kind, _ in blocks(extract)] == ["title", "author", "author", "heading", "prose"]


def parted(*sections: tuple[str, str]) -> Extract:
    """A text under a title, its sections each under a heading in bold."""
    set_text = [Text(54, 750, TITLE, 18)]
    for heading, prose in sections:
        at = set_text[-1].y - 28
        set_text += [bold(54, at, heading, 13), *column(54, at - 16, prose, 70)]
    return read(set_text)


def test_a_first_heading_of_two_words_is_nobodys_name() -> None:
    extract = parted(("Getting Started", PROSE), ("What to do then", PROSE))
    assert extract.authors == ()
    assert [text for kind, text in blocks(extract) if kind == "heading"] == ["Getting Started", "What to do then"]


def test_names_in_the_letters_of_headings_are_names() -> None:
    address = "Department of Medicine, University of Leeds"
    extract = parted(("Indraneel Datta, Chad G Ball", address), ("Abstract", PROSE), ("Methods", PROSE))
    assert extract.authors == ("Indraneel Datta", "Chad G Ball")


def test_authors_are_found_behind_an_empty_cover() -> None:
    names = raised(54, 720, "Indraneel Datta", "1", ", Chad G Ball", "2")
    extract = read([], [Text(54, 750, TITLE, 18), *names, *column(54, 600, PROSE)])
    assert (extract.title, extract.authors) == (TITLE, ("Indraneel Datta", "Chad G Ball"))


def test_no_names_are_looked_for_on_the_page_after_the_title() -> None:
    extract = read([Text(54, 750, TITLE, 18)], [Text(54, 750, "Indraneel Datta, Chad G Ball"), *column(54, 600, PROSE)])
    assert extract.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "Journal of Trauma Management, Open Access",
        "A systematic review of the literature",
        "Received 12 May 2009, accepted 3 June 2009",
        "London, 1998",
    ],
)
def test_a_line_under_the_title_that_is_no_list_of_names(line: str) -> None:
    extract = article(Text(54, 720, line))
    assert extract.authors == ()
    assert "author" not in [kind for kind, _ in blocks(extract)]


def test_names_after_the_text_has_begun_are_no_authors() -> None:
    page = [Text(54, 780, TITLE, 18), *column(54, 750, PROSE), Text(54, 600, "Anna Sundström, Michael Rönnlund")]
    assert read([*page, *column(54, 500, PROSE)]).authors == ()


@pytest.mark.parametrize(
    "name",
    [
        "Anna Sundström",
        "John B Kortbeek",
        "J. R. R. Tolkien",
        "Yu.A.Pusep",
        "L. Fernandes dos Santos",
        "Jean-Luc Picard",
        "Md. Shahanur Alam",
        "B. O’Brien",
        "Ludwig van Beethoven",
        "Łukasz Żal",
    ],
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna",
        "University of Umeå",
        "Open Access",
        "the patients",
        "12 May",
        "A",
        "Cambridge University Press",
        "Chapter 2",
    ],
)
def test_no_names(text: str) -> None:
    assert not is_name(text)


def test_the_author_of_the_dictionary_counts_when_the_page_has_the_name() -> None:
    said = Text(54, 720, "By our correspondent Indraneel Datta in Calgary.")
    assert article(said, Author="Indraneel Datta").authors == ("Indraneel Datta",)
    assert article(said, Author="Proprietario").authors == ()
    assert article(said, Author="Cambridge Journals").authors == ()
    assert article(said, Author="Indraneel Datta; Someone Else").authors == ()


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("D:20100215191627+05'30'", "2010-02-15"),
        ("D:2010", "2010"),
        ("D:201002", "2010-02"),
        ("20100215", ""),
        ("D:00000101", ""),
        ("D:20101399", "2010"),
        ("yesterday", ""),
    ],
)
def test_the_date_is_the_day_the_file_was_made(said: str, date: str) -> None:
    extract = article(CreationDate=said)
    assert extract.date == date
    assert ("date" in extract.guessed) is bool(date)


@pytest.mark.parametrize(
    ("creator", "date"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120", ""),
        ("Chromium", ""),
        ("Mozilla Firefox 128.0", ""),
        ("Writer", "2010-02-15"),
    ],
)
def test_the_day_on_which_a_browser_printed_a_page_is_not_its_date(creator: str, date: str) -> None:
    assert article(CreationDate="D:20100215191627", Creator=creator).date == date


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("doi:10.1186/1752-2897-4-1", "10.1186/1752-2897-4-1"),
        ("https://doi.org/10.1371/journal.pbio.0020188.", "10.1371/journal.pbio.0020188"),
        ("DOI 10.1017/S1041610213001804", "10.1017/s1041610213001804"),
        ("10.1186/1752-2897-4-1", ""),
        ("doi:10.1/1 and doi:10.1186/2", "10.1186/2"),
        ("doi:10.1186/1 and doi:10.1186/2", ""),
    ],
)
def test_the_doi_that_the_first_page_gives(line: str, doi: str) -> None:
    extract = article(Text(54, 700, line, 8))
    assert extract.doi == doi
    assert ("doi" in extract.guessed) is bool(doi)


def test_a_doi_in_a_running_head_counts() -> None:
    pages = [[Text(54, 780, "J Tests 2010, doi:10.1186/1752-2897", 8), *column(54, 600 - at, PROSE)] for at in range(3)]
    assert read(*pages).doi == "10.1186/1752-2897"
