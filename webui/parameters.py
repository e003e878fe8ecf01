"""What a request asks for, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import request

from indexer import FACETS, SORTS, Options

MOST_HITS = 100
MOST_DOCUMENTS = 1000
LAST_OFFSET = 1_000_000
MOST_SUGGESTIONS = 20
LAST_PAGE = 100_000
_LISTS = ("drop", "filter", "facets")  # may be given again for each value


class ParameterError(Exception):
    """A parameter that cannot be used; carries its name and what it must be."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def query_text() -> str:
    """The query; ParameterError when there is none."""
    text = request.args.get("q", "").strip()
    if not text:
        raise ParameterError("q", "the query is empty: give the words to search for, as in ?q=words")
    return text


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """An integer from `least` to `most`; ParameterError when it is anything else."""
    given = request.args.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 12 and least <= int(given) <= most):
        raise ParameterError(name, f"must be a whole number from {least} to {most:,}")
    return int(given)


def page_number() -> int:
    """The page of a list that the address asks for, from 1; the first when it asks for none that can be."""
    given = request.args.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= 6 else 1
    return min(max(number, 1), LAST_PAGE)


def choice(name: str, choices: Iterable[str], default: str) -> str:
    """One of the choices; ParameterError when it is anything else."""
    given = request.args.get(name, default)
    if given not in choices:
        raise ParameterError(name, f"must be one of {', '.join(choices)}")
    return given


def search_options(default_facets: Iterable[str] = ()) -> Options:
    """How the request wants to be searched; ParameterError when that cannot be told."""
    strict = choice("mode", ("simple", "strict"), "simple") == "strict"
    if strict and (names := _repeated()):
        raise ParameterError(names[0], "must be given once")
    facets = [name for given in request.args.getlist("facets") for name in given.split(",") if name]
    unknown = [name for name in facets if name not in FACETS]
    if unknown:
        raise ParameterError("facets", f"must be of {', '.join(FACETS)}, with commas between them")
    return Options(
        strict=strict,
        expand=choice("expand", ("on", "off"), "on") == "on",
        dropped=tuple(request.args.getlist("drop")),
        filters=tuple(given for given in request.args.getlist("filter") if given.strip()),
        sort=choice("sort", SORTS, "relevance"),
        facets=tuple(dict.fromkeys(facets)) or tuple(default_facets),
    )


def ignored(known: Collection[str]) -> list[str]:
    """A warning for each parameter that was given and has no effect."""
    unknown = sorted(set(request.args) - set(known))
    return [
        *(f"the parameter {name[:40]!r} is not known and was ignored" for name in unknown),
        *(f"the parameter {name!r} is given more than once: the first counts" for name in _repeated() if name in known),
    ]


def _repeated() -> list[str]:
    """The parameters that are given more than once and have one value."""
    return sorted(name for name, values in request.args.lists() if len(values) > 1 and name not in _LISTS)
