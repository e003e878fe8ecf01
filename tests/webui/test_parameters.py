import pytest
from flask import Flask

from webui.parameters import ParameterError, ignored, query_text, search_options, whole_number

APP = Flask(__name__)


def asked(query_string: str):
    return APP.test_request_context(f"/?{query_string}")


def test_a_query_is_taken_without_the_white_space_around_it():
    with asked("q=+drop+metastasis%0A"):
        assert query_text() == "drop metastasis"


@pytest.mark.parametrize("given", ["", "q=", "q=+%09", "query=spine"])
def test_a_query_that_is_empty_or_missing_is_refused(given):
    with asked(given), pytest.raises(ParameterError, match="the query is empty") as raised:
        query_text()
    assert raised.value.name == "q"


@pytest.mark.parametrize(("given", "number"), [("", 10), ("limit=1", 1), ("limit=100", 100), ("limit=007", 7)])
def test_a_whole_number_in_range_is_taken(given, number):
    with asked(given):
        assert whole_number("limit", 10, 1, 100) == number


@pytest.mark.parametrize(
    "given", ["0", "101", "-1", "+1", "1.0", "1e1", "", "ten", "%D9%A1", "%C2%B2", "9" * 5000, "1_0", "0x1", "%00"]
)
def test_anything_else_is_refused_with_the_range(given):
    with asked(f"limit={given}"), pytest.raises(ParameterError, match="a whole number from 1 to 100"):
        whole_number("limit", 10, 1, 100)


def test_the_first_of_a_repeated_parameter_counts():
    with asked("limit=3&limit=nonsense"):
        assert whole_number("limit", 10, 1, 100) == 3


def test_parameters_without_effect_are_named():
    with asked("q=spine&fuzzy=1&sort=date"):
        assert ignored(["q"]) == [
            "the parameter 'fuzzy' is not known and was ignored",
            "the parameter 'sort' is not known and was ignored",
        ]


def test_of_a_parameter_given_again_the_first_value_counts_and_that_is_said():
    with asked("q=spine&q=drop&filter=a&filter=b&drop=a&drop=b&facets=year&facets=kind&x=1&x=2"):
        assert ignored(["q", "filter", "drop", "facets"]) == [
            "the parameter 'x' is not known and was ignored",
            "the parameter 'q' is given more than once: the first counts",
        ]


def test_in_strict_mode_it_is_refused():
    with asked("mode=strict&q=spine&q=drop"), pytest.raises(ParameterError, match="must be given once") as raised:
        search_options()
    assert raised.value.name == "q"
    with asked("mode=strict&q=spine&filter=year:2019&filter=format:pdf"):
        assert search_options().strict


def test_a_long_parameter_name_is_cut():
    with asked(f"{'x' * 5000}=1"):
        (warning,) = ignored(["q"])
    assert len(warning) < 100
