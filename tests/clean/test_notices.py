"""What is not content, and what only looks so."""

import pytest

from indexer.clean.cues import LINKS
from indexer.clean.lines import filled_lines
from indexer.clean.notices import BOTTOM, TOP, Paragraphs, mark_notices
from indexer.records import Span

ARTICLE = [
    "Spinal tumors are abnormal growths located within or around the spinal cord or the column of bones.",
    "These masses can be benign or cancerous, and they press on nerves when they grow in the narrow canal.",
    "Radiation is often used after surgery to kill the remaining cells, and physical therapy restores strength.",
    "Pain that gets worse at night is the most frequent of the symptoms, followed by weakness of both legs.",
    "Imaging with contrast shows the size of a mass, its location, and how it relates to surrounding structures.",
    "Biopsies tell whether a growth is malignant, which decides about the treatment that a patient is offered.",
    "Prognosis depends upon age, overall health, the type of disease and whether it has spread to other regions.",
    "Rehabilitation begins in hospital and continues at home, where exercises rebuild balance and coordination.",
    "Genetic conditions such as neurofibromatosis raise the risk, though most people affected have none of them.",
    "Researchers study new drugs in trials, hoping that fewer operations will be necessary within some decades.",
]


def of_lines(text: str) -> Paragraphs:
    return Paragraphs(text, [Span(*line) for line in filled_lines(text)])


def mark(*paragraphs: str) -> list[str]:
    found = of_lines("\n\n".join(paragraphs))
    kinds = [""] * len(found.texts)
    mark_notices(found, kinds)
    return kinds


def above(text: str) -> str:
    return mark(text, *ARTICLE)[0]


def below(text: str) -> str:
    return mark(*ARTICLE, text)[-1]


def inside(text: str) -> str:
    return mark(*ARTICLE, text, *ARTICLE)[len(ARTICLE)]


LOGIN = [
    "The content you are trying to view is available only to logged in subscribers.",
    "If you are a subscriber, please log in.",
    "Sign in or create a free account to read on.",
    "Please subscribe for full access.",
    "If you have never registered before, view the available service plans.",
]
ACTIONS = [
    "Find a Doctor",
    "Schedule an Appointment",
    "Request an Appointment",
    "Learn more.",
    "Visit our information page",
    "Call us at 555-0100",
    "Sign up for our newsletter",
    "Share this page",
    "Back to top",
    "Now there are virtual appointments at every branch near Springfield. Schedule an appointment today.",
]
BANNERS = [
    "We use cookies to improve your visit.",
    "This site uses cookies.",
    "Facebook Pixel",
    "Please enable JavaScript.",
    "Springfield Health is proud to partner with local gardeners.",
    "Nobody may enter our buildings until further notice.",
    "Skip to main content",
    "This website uses cookies to improve your stay. By browsing on, you accept our privacy policy.",
]


@pytest.mark.parametrize("text", LOGIN)
def test_log_in_walls(text: str) -> None:
    assert (above(text), below(text)) == ("login", "login")


@pytest.mark.parametrize("text", ACTIONS)
def test_calls_to_action(text: str) -> None:
    assert (above(text), below(text)) == ("action", "action")


@pytest.mark.parametrize("text", BANNERS)
def test_banners(text: str) -> None:
    assert (above(text), below(text)) == ("banner", "banner")


@pytest.mark.parametrize("text", ["ADVERTISEMENT", "Sponsored content", "Story continues below advertisement"])
def test_interruptions_anywhere(text: str) -> None:
    assert (above(text), inside(text), below(text)) == ("banner",) * 3


@pytest.mark.parametrize(
    "text",
    ["Menu", "Print", "Share on Facebook", "Contact us", "Home > Conditions > Kidney stones", "About | Contact | Help",
     "Enter your email address", "Was this article helpful?", "Terms of Use | Privacy Policy"],
)  # fmt: skip
def test_buttons_and_links(text: str) -> None:
    assert (above(text), below(text), inside(text)) == ("action", "action", "")


def test_dates_with_a_bar_are_no_links() -> None:
    assert above("29 November 2018 | 20 January 2019") == ""


def test_key_words_are_no_links() -> None:
    assert LINKS.fullmatch("Metastasis · Spine · Carcinoma")
    assert not LINKS.fullmatch("KEY WORDS : Metastasis · Spine · Carcinoma")


def test_the_name_of_a_button_may_be_the_subject() -> None:
    about = ["A language is a structured system of communication.", "Every language has a grammar.", "So it is."]
    assert mark("Language", *about) == [""] * 4


def test_answers_beside_a_button_belong_to_it() -> None:
    assert mark(*ARTICLE, "Was this page helpful?", "Yes", "No", "Contact us")[-4:] == ["action"] * 4
    assert mark(*ARTICLE, "Is it a tumor?", "Yes", *ARTICLE)[len(ARTICLE) + 1] == ""


def test_other_articles_at_the_end() -> None:
    teasers = ["Related articles", "Gout: causes", "Drink more water, doctors say", "More of the same"]
    assert mark(*ARTICLE, *teasers)[-4:] == ["action"] * 4


def test_a_related_heading_above_prose_is_one() -> None:
    assert mark(*ARTICLE, "Related conditions", "Scoliosis", *ARTICLE)[len(ARTICLE)] == ""
    assert mark("Related conditions", *ARTICLE)[0] == ""


@pytest.mark.parametrize("text", LOGIN + ACTIONS + BANNERS)
def test_inside_a_document_the_same_words_are_content(text: str) -> None:
    assert inside(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Registered nurses and registered dietitians were asked how they log their work.",
        "Users log in with a password, and subscribers of both groups did so every week.",
        "Patients find a doctor through friends more often than through the insurer.",
        "Call your doctor if the pain gets worse or the legs get weak, and tell him when it began and how.",
        "Schedule an early visit if the pain gets worse at night, because surgery may be necessary soon after that.",
        "Bakers of the region make cookies with honey and sell them at every market until winter.",
        "The study was done at our hospital, with our patients and our team.",
        "Download speeds and the size of the images were recorded by the researchers of the hospital.",
        "The contents of a spinal canal can be seen in any view that the radiologist chooses to take.",
    ],
)
def test_content_with_words_of_notices(text: str) -> None:
    assert (above(text), below(text), inside(text)) == ("", "", "")


def test_a_line_below_a_notice_that_asks_for_something_belongs_to_it() -> None:
    assert mark("We use cookies here.", "Limited exceptions may be made. Learn more.", *ARTICLE)[:2] == [
        "banner",
        "action",
    ]


def test_notices_do_not_use_up_the_edge() -> None:
    paragraphs = ["Find a Doctor"] * 20
    assert mark(*paragraphs, *ARTICLE)[:20] == ["action"] * 20


def test_the_edges_are_counted_in_content() -> None:
    top = [*ARTICLE[:TOP], "Find a Doctor", *ARTICLE, *ARTICLE]
    assert mark(*top)[TOP] == ""
    assert mark(*top[1:])[TOP - 1] == "action"
    bottom = [*ARTICLE, *ARTICLE, "Find a Doctor", *ARTICLE[:BOTTOM]]
    assert mark(*bottom)[-BOTTOM - 1] == ""
    assert mark(*bottom[:-1])[-BOTTOM] == "action"


def test_a_numbered_item_is_no_notice() -> None:
    assert below("3. Find a doctor: a survey. 2005.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "This content is for your general education only. See your doctor for a professional diagnosis.",
        "Results may vary. Please consult your physician for a complete list of risks.",
        "This information is not intended to be a substitute for professional medical advice.",
        "The information on this site should not be used as a substitute for medical care.",
        "Nothing here does constitute anything, and it does not provide medical advice.",
    ],
)
def test_disclaimers_anywhere(text: str) -> None:
    assert (above(text), inside(text), below(text)) == ("disclaimer",) * 3


@pytest.mark.parametrize(
    "text",
    [
        "The authors declare that they have no competing interests.",
        "Dr. Lukas received honorariums from a company as a guest speaker.",
        "Dr. Winkelman has no relevant financial relationships to disclose.",
    ],
)
def test_disclosures_anywhere(text: str) -> None:
    assert (above(text), inside(text), below(text)) == ("disclosure",) * 3


@pytest.mark.parametrize(
    "text",
    [
        "Originally released May 9, 1997; last updated August 24, 2019; expires August 24, 2022",
        "Published: 2019-08-24",
        "Received 13 December 2021 / Accepted 30 December 2021",
        "Date: 2018-02-02",
        "This page was last reviewed on 3rd March 2020.",
    ],
)
def test_dates(text: str) -> None:
    assert (above(text), inside(text), below(text)) == ("dates",) * 3


def test_a_bare_date_only_near_the_top() -> None:
    assert (above("May 9, 1997"), inside("May 9, 1997")) == ("dates", "")


@pytest.mark.parametrize(
    "text",
    [
        "The patient was seen again in May 1997, after the second operation had been done.",
        "In a paper published on May 9, 1997, the authors described what they had found.",
        "Published work on the subject is rare.",
    ],
)
def test_sentences_with_dates_are_content(text: str) -> None:
    assert (above(text), inside(text), below(text)) == ("", "", "")


@pytest.mark.parametrize(
    "text",
    ["DOI: 10.1371/journal.pone.0031432", "https://example.org/articles/32", "SHA: f2d8427", "License: cc-by",
     "© 2010 Datta et al", "Email: someone@example.org"],
)  # fmt: skip
def test_identifiers_only_near_the_top(text: str) -> None:
    assert (above(text), inside(text)) == ("other", "")


@pytest.mark.parametrize(
    "text", ["License to practice is needed.", "https://example.org shows it.", "Copyright is a law."]
)
def test_sentences_are_no_identifiers(text: str) -> None:
    assert above(text) == ""


def test_authors_only_near_the_top() -> None:
    assert above("Ada M Winter MD") == "author"
    assert inside("Ada M Winter MD") == ""


def test_kinds_that_are_given_stay() -> None:
    found = of_lines("Find a Doctor\n\nFind a Doctor")
    kinds = ["heading", ""]
    mark_notices(found, kinds)
    assert kinds == ["heading", "action"]


def test_shared_words() -> None:
    found = of_lines("Tumors of the spine.\n\nThe spine has tumors.\n\nCookies taste good.")
    assert [found.shared(index) for index in range(3)] == [1, 1, 0]
