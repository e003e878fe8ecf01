"""What a request asks for, checked."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request


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


def ignored(known: Iterable[str]) -> list[str]:
    """A warning for each parameter that was given and has no effect."""
    unknown = sorted(set(request.args) - set(known))
    return [f"the parameter {name[:40]!r} is not known and was ignored" for name in unknown]
