"""Tokens -> the tree of a query.

    query  = all (OR all)*          any of them
    all    = group (AND group)*     every one of them
    group  = item+                  any of the plain items, each of those with +, none of those with - or NOT
    item   = (+ | - | NOT)? (field:)? (word | =word | "phrase" | "phrase"~5 | "(" query ")")

So AND and OR stand between groups of words: "spinal tumour AND MRI" is any of "spinal" and "tumour", and MRI.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.query_tokens import Token
from indexer.records import Span


class Leaf(NamedTuple):
    """Something that is looked for."""

    text: str
    span: Span
    quoted: bool = False
    exact: bool = False
    gap: int | None = None  # of a quote: how many other words may stand between its words
    field: str = ""  # where it is looked for; empty: anywhere


class Item(NamedTuple):
    """A part of a group with its sign."""

    sign: str  # "", "+" or "-"
    node: Node
    firm: bool = False  # every hit must have it: it has a plus, stands in quotes, or is asked of a field


@dataclass(frozen=True, slots=True)
class Group:
    """Items side by side."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Parts joined by AND."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts joined by OR."""

    parts: tuple[Node, ...]


Node = Leaf | Group | Both | Either


def tree(tokens: Sequence[Token]) -> Node:
    """The tree of tokens as `tokens` gives them: balanced, every operator with something on each side."""
    if all(token.kind == "word" for token in tokens):  # as those of most queries
        return Group(tuple([Item("", Leaf(token.text, token.span)) for token in tokens]))
    node, rest = _either(tokens, "")
    assert not rest  # noqa: S101 a law of `tokens`: parentheses are balanced
    return node


def _either(tokens: Sequence[Token], field: str) -> tuple[Node, Sequence[Token]]:
    parts, rest = _joined(tokens, "OR", field)
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), rest


def _both(tokens: Sequence[Token], field: str) -> tuple[Node, Sequence[Token]]:
    parts, rest = _joined(tokens, "AND", field)
    return (parts[0] if len(parts) == 1 else Both(tuple(parts))), rest


def _joined(tokens: Sequence[Token], operator: str, field: str) -> tuple[list[Node], Sequence[Token]]:
    """The parts that an operator joins, and the tokens after them."""
    part = _both if operator == "OR" else _group
    node, rest = part(tokens, field)
    parts = [node]
    while rest and rest[0].kind == operator:
        node, rest = part(rest[1:], field)
        parts.append(node)
    return parts, rest


def _group(tokens: Sequence[Token], field: str) -> tuple[Node, Sequence[Token]]:
    items: list[Item] = []
    while tokens and tokens[0].kind not in ("AND", "OR", "close"):
        item, tokens = _item(tokens, field)
        items.append(item)
    return Group(tuple(items)), tokens


def _item(tokens: Sequence[Token], field: str) -> tuple[Item, Sequence[Token]]:
    sign, firm = "", False
    while tokens[0].kind in ("sign", "NOT"):
        sign = "-" if tokens[0].kind == "NOT" else tokens[0].text
        tokens = tokens[1:]
    if tokens[0].kind == "field":
        field, firm, tokens = tokens[0].text, True, tokens[1:]
    if tokens[0].kind == "open":
        node, rest = _either(tokens[1:], field)
        return Item(sign, node, firm or sign == "+"), rest[1:]
    exact = tokens[0].kind == "exact"
    first, rest = tokens[exact], tokens[1 + exact :]
    quoted = first.kind == "quote"
    leaf = Leaf(first.text, first.span, quoted, exact, first.gap, field)
    return Item(sign, leaf, firm or quoted or sign == "+"), rest
