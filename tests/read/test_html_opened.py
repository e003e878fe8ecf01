import pytest

from indexer.read.html_opened import opened
from indexer.read.html_page import page

ANSWER = "Dogs travel free on the open deck."


def found(html):
    """What opens each part, and what stands in it first."""
    stretches = page(html, 100).stretches
    return [(one.head.text.text, one.opener.name, one.part.attributes.get("id", "")) for one in opened(stretches)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<div><button aria-expanded=false>Dogs?</button><p id=a hidden>{ANSWER}</div>", [("Dogs?", "button", "a")]),
        (
            f"<h3><button aria-controls='a'><span>Dogs</span></button></h3><div><div id=a>{ANSWER}</div></div>",
            [("Dogs", "button", "a")],
        ),
        (
            f"<a role=button href=# aria-expanded=false>Dogs</a><p id=a style='display:none'>{ANSWER}",
            [("Dogs", "a", "a")],
        ),
        (f"<div role=tab aria-controls=a>Dogs</div><div role=tabpanel id=a>{ANSWER}</div>", [("Dogs", "div", "a")]),
        (f"<h3>Dogs?</h3><div id=a style='display: none'>{ANSWER}</div>", [("Dogs?", "h3", "a")]),
        (f"<h3>Dogs</h3><div id=a hidden>{ANSWER}</div>", []),
        (f"<button>Dogs?</button><div id=a hidden>{ANSWER}</div>", []),
        (f"<button aria-expanded=false>Dogs?</button><div id=a>{ANSWER}</div>", []),
        (f"<button aria-expanded=false>Dogs?</button><p>Or cats?</p><div id=a hidden>{ANSWER}</div>", []),
        (f"<h3>Dogs?</h3><div><div id=a hidden>{ANSWER}</div></div>", []),
    ],
)
def test_a_part_is_opened_by_what_stands_right_before_it(html, expected):
    assert found(html) == expected
