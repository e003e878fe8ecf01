import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.text import extracts
from indexer.read.text_mail import Mail, mail, unquoted
from tests.read.soundness import SOURCE, check_reading

LETTER = """From: "Ann Lee" <ann@example.org>
To: Bo Ray <bo@example.org>
Date: Tue, 12 Sep 2023 09:14:03 +0200
Subject: Re: Slates for the
  chapel

They have come, all fourteen hundred of them, and can lie here until
Monday if you like.

On Mon, 11 Sep 2023 at 18:02, Bo Ray wrote:
> Ann,
> nobody may touch the north slope, says the ecologist, before the last
> day of October.
>> When do they come?
> I ask him.
Best,
Ann
"""


def read(text):
    return extracts(text.encode(), SOURCE)[0].text.text


def without_marks(text):
    return AlignedText.of(text).edit(unquoted(text)).text


def test_a_letter_says_its_subject_its_sender_and_its_day():
    found = extracts(LETTER.encode(), SOURCE)[0]
    assert (found.title, found.authors, found.date) == ("Re: Slates for the chapel", ("Ann Lee",), "2023-09-12")
    assert found.guessed == ()


def test_a_letter_s_paragraphs_are_whole_and_each_speaker_s_own():
    assert read(LETTER).partition("for the chapel\n\n")[2] == (
        "They have come, all fourteen hundred of them, and can lie here until Monday if you like.\n\n"
        "On Mon, 11 Sep 2023 at 18:02, Bo Ray wrote:\n\n"
        "Ann,\n"
        "nobody may touch the north slope, says the ecologist, before the last day of October.\n\n"
        "When do they come?\n\n"
        "I ask him.\n\n"
        "Best,\nAnn\n"
    )


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("From: ann@example.org\nSubject: Slates\n", ("Slates", "ann@example.org", "")),
        ("Von: Ann Lee\nGesendet: gestern\nBetreff: Schiefer\n", ("Schiefer", "Ann Lee", "")),
        ("\r\nDe : Ann Lee <a@b.fr>\r\nObjet : Ardoises\r\n", ("Ardoises", "Ann Lee", "")),
        ("From: Ann\nSubject: Slates\nDate: Mon, 1 Jan 99999999999999999999 00:00:00 +0000\n", ("Slates", "Ann", "")),
        ("From: Ann\nSubject: Slates\nDate: Mon, 1 Jan 2024 00:00:00 +99999999999999999\n", ("Slates", "Ann", "")),
        ("From: Ann Lee\n\nSubject: Slates\n", ("", "", "")),
        ("From: Ann Lee\nTo: Bo Ray\n", ("", "", "")),
        ("Dear Bo,\nFrom: Ann\nSubject: Slates\n", ("", "", "")),
        ("Subject: \nFrom: Ann\n", ("", "", "")),
    ],
)
def test_a_letter_begins_with_a_head_that_names_sender_and_subject(head, said):
    assert mail(f"{head}\nText.")[:3] == said


def test_each_field_of_a_head_is_a_paragraph():
    assert read("From: Ann Lee\nTo: Bo\n Ray\nSubject: Slates\n\nText.").startswith(
        "From: Ann Lee\n\nTo: Bo Ray\n\nSubject: Slates\n\nText."
    )


WRAPPED = "The tea room opens on the first of May, and we ask you to hang these new\nprices up by then."


@pytest.mark.parametrize(
    "lines",
    [
        "Hours:\nMon 9-12\nTue 9-12\nWed 9-17",
        "- apples 12\n- pears 123\n- plums",
        "Ann Lee\nThe Slate Works\n12 North Lane",
        "You find below all that we shall sell this summer, and the new prices for this year.\nTea: 2 euros\nCake: 3",
        f"{WRAPPED}\n\nWe ask for your help with it in the mornings and in all of the evenings:\n- Mondays\n2) Fridays",
    ],
)
def test_lines_that_are_not_broken_stay(lines):
    assert read(f"From: Ann\nSubject: Tea\n\n{lines}").endswith(lines.replace(WRAPPED, WRAPPED.replace("\n", " ")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> one\n> two\nthree", "\none\ntwo\n\nthree"),
        ("a\n> > one\n>> two\n> three", "a\n\none\ntwo\n\nthree"),
        ("a\r\n>\r\n>one\r\n", "a\r\n\n\r\none\r\n"),
        (" > one\n\t>two", "\none\ntwo"),
    ],
)
def test_marks_of_quotation_are_taken_away(text, expected):
    assert without_marks(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a > b",
        "> alone",
        "a\n > alone\nb",
        ">seq1\nACGT\n>seq2\nACGA",
        ">>> x = 1\n>>> y = 2\n3",
        "1 <\n2 >",
        "-> one\n-> two",
        "- a\n=> b\n=> c",
    ],
)
def test_other_marks_stay(text):
    assert without_marks(text) == text


def test_text_that_is_no_letter_keeps_its_lines():
    lines = "The slates have come, all of them, and they can lie in the yard here until\nMonday.\n"
    assert read(lines) == lines
    assert mail(lines) == Mail()


@given(
    st.lists(
        st.sampled_from(
            f"From: a\n|Subject: b\n|From: a\nSubject: b\n|Date: 1 Jan {'9' * 20}\n| c|> d\n|>> e\r\n|>\n|\n|f\r|: "
            f"|{'g ' * 30}|- h".split("|")
        ),
        max_size=20,
    ).map("".join)
)
def test_whatever_is_marked_every_character_has_its_place(text):
    check_reading(extracts, text.encode())
