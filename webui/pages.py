"""The pages of a search: parse, call, show. Everything is in the URL and nothing needs JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from typing import Any

from flask import Blueprint, Response, request

from indexer import (
    FACETS,
    SORTS,
    Answer,
    LibraryReader,
    Options,
    Results,
    answer,
    facets_json,
    is_question,
    search,
)
from webui.collection import open_reader
from webui.examples import examples
from webui.judging import judge_of
from webui.parameters import page_number, search_options
from webui.rendering import render

pages = Blueprint("pages", __name__)

PASSAGES_A_PAGE = 10
FLAG_NAMES = {
    "negated": "says it is not so",
    "possible": "says it may be so",
    "historical": "says it once was so",
}
_ASKED = re.compile(r"^[a-z]+:|~\d*$")
_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@pages.get("/")
@pages.get("/search")
def search_page() -> Response:
    """The results of the query; without one, the home page."""
    text = request.args.get("q", "").strip()
    return _results(text) if text else _home()


def _home() -> Response:
    """What the library holds, and some searches to start with."""
    with open_reader() as reader:
        documents = [document for document in reader.documents() if document.passages]
        offered = examples(reader, documents)
        counts = reader.counts()
    return render("home.html", q="", counts=counts, examples=offered)


def _results(text: str) -> Response:
    """One page of results, with the answer above the first."""
    number = page_number()
    with open_reader() as reader:
        options = search_options(default_facets=FACETS)
        results = search(reader, text, PASSAGES_A_PAGE, (number - 1) * PASSAGES_A_PAGE, options)
        is_plain = replace(options, facets=()) == Options()
        found = _answer(reader, text, results if is_plain else None) if number == 1 and results.hits else None
    return render(
        "results.html",
        q=text,
        results=results,
        options=options,
        sorts=SORTS,
        facets=telling_facets(results),
        flag_names=FLAG_NAMES,
        judge=judge_of(text),
        answer=found,
        asked=is_question(text),
        number=number,
        last=ceil(results.total / PASSAGES_A_PAGE),
        any_of=_any_of(results.query.words) if results.query.required else "",
    )


def _any_of(words: Iterable[str]) -> str:
    """The words of a query without what is asked of them: 'title:"spinal cord"~5' -> 'spinal cord'."""
    return " ".join(found for word in words for found in _WORDS.findall(_ASKED.sub("", word)))


def telling_facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    """The facets that would narrow the hits down: not those with one value that all hits have."""
    found = facets_json(results.facets)
    return {name: values for name, values in found.items() if any(v["count"] < results.total for v in values)}


def _answer(reader: LibraryReader, text: str, results: Results | None) -> Answer | None:
    """The answer to a question, also when there is none; to a plain search only an answer that is sure."""
    found = answer(reader, text, results)
    return found if is_question(text) or found.level == "answer" else None
