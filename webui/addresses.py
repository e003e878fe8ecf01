"""The search that is shown, changed in one thing: each change is an address."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, request, url_for

Pairs = list[tuple[str, str]]


def with_value(name: str, value: str) -> str:
    """The same search with one more value of a parameter, from its first page."""
    return _address([*_given(), (name, value)])


def without_value(name: str, value: str) -> str:
    """The same search without a value of a parameter, from its first page."""
    return _address([pair for pair in _given() if pair != (name, value)])


def with_only(name: str, value: str) -> str:
    """The same search with this value of a parameter alone, or with none when it is empty, from its first page."""
    others = [pair for pair in _given() if pair[0] != name]
    return _address([*others, (name, value)] if value else others)


def with_query(text: str) -> str:
    """Another query, narrowed down and ordered as this one."""
    return _address([(name, text if name == "q" else value) for name, value in _given()])


def other_page_url(number: int) -> str:
    """Another page of the list that is shown."""
    return _address([*_given(), ("page", str(number))])


def _given() -> Pairs:
    """The parameters of the request but for the page."""
    return [(name, value) for name, value in request.args.items(multi=True) if name != "page"]


def _address(pairs: Pairs) -> str:
    asked = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    return _here() + (f"?{asked}" if asked else "")


def _here() -> str:
    """The address of the page, worked out once: a page of results has fifty that begin with it."""
    if "here" not in g:
        g.here = url_for(str(request.endpoint))
    return str(g.here)
