"""The tree of a query -> clauses: what scores, what every hit must match, and the line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.analyse import STOP_WORDS, fold
from indexer.query_grammar import Both, Either, Group, Item, Leaf, Node
from indexer.query_leaves import Found, fielded, phrase, worded
from indexer.query_tokens import Problem
from indexer.records import AllOf, AnyOf, Clause, Flagged, Key, KeyRange, Near, Not, Phrase, Span

MAX_WORDS = 64
_MEANING = re.compile(r"\W*what\s+do(?:es)?\s.*\smean\W*", re.IGNORECASE)  # which is no mean of anything
# Words that ask in German, French, Spanish, Italian, Portuguese and Russian, as `fold` has them: they hardly ever
# stand in what answers.
_ASKING = frozenset(
    """
    wann warum wieso weshalb wer wo woher wohin wie welche welchem welchen welcher welches wieviel wieviele viel viele
    quand pourquoi combien quel quelle quelles quels
    cuando cuanto cuanta cuantos cuantas donde quien quienes cual cuales
    quando quanto quanta quanti quante perche qual quais
    кто что где когда как почему зачем сколько какои какая какое какие каком какого какую чеи куда откуда
    """.split()
)
_IGNORED = STOP_WORDS | _ASKING
_UNSCORED = (Key, KeyRange, Flagged)


class Said(NamedTuple):
    """What a part of a query asks of a hit, and the part as a line."""

    clause: Clause | None  # None when only stop words are in it
    line: str
    is_loose: bool  # it must stand in parentheses to be one thing beside others
    is_firm: bool = True  # every hit must have it, when its item says so


class Reading:
    """A tree as it is read: clauses by the words typed for them, and what was left out."""

    def __init__(self, tree: Node, text: str, *, keep_stop_words: bool = False) -> None:
        self.scoring: dict[Clause, str] = {}  # clause -> what was typed for it
        self.ignored: list[str] = []
        self.problems: list[Problem] = []
        self.is_plain = True  # words and phrases side by side, nothing else
        self._capitals = text.upper() == text
        self._asks_meaning = bool(_MEANING.fullmatch(text))
        self._keep_stop_words = keep_stop_words
        self._count = 0
        said = self._node(tree, scores=True)
        self.root, self.line = said.clause, said.line

    @property
    def required(self) -> tuple[Clause, ...]:
        """What every hit must match; empty when any scoring clause is enough."""
        root, scoring = self.root, self.scoring
        if root is None or (len(scoring) == 1 and root in scoring and not isinstance(root, Phrase | Near)):
            return ()
        if isinstance(root, AnyOf) and scoring.keys() == set(root.clauses):
            return ()
        return root.clauses if isinstance(root, AllOf) else (root,)

    def _node(self, node: Node, *, scores: bool) -> Said:
        match node:
            case Group():
                return self._group(node, scores=scores)
            case Both():
                return self._joined(node.parts, "AND", scores=scores)
            case Either():
                return self._joined(node.parts, "OR", scores=scores)
        return self._group(Group((Item("", node),)), scores=scores)

    def _joined(self, nodes: Iterable[Node], operator: str, *, scores: bool) -> Said:
        """Nodes with AND or OR between them."""
        self.is_plain = False
        read = [said for node in nodes if (said := self._node(node, scores=scores)).clause]
        clauses = [said.clause for said in read if said.clause]
        line = f" {operator} ".join(_closed(said) for said in read)
        return Said(self._all(clauses) if operator == "AND" else self._any(clauses), line, len(read) > 1)

    def _group(self, group: Group, *, scores: bool) -> Said:
        """Any of the plain items, unless some are asked for more firmly; and nothing that is excluded."""
        plain: list[Clause] = []
        firm: list[Clause] = []
        barred: list[Clause] = []
        read: list[Said] = []
        for item in group.items:
            for said in self._item(item, scores=scores and item.sign != "-"):
                if said.clause:
                    is_firm = item.firm and said.is_firm
                    (barred if item.sign == "-" else firm if is_firm else plain).append(said.clause)
                    read.append(said)
        asked = firm or [clause for clause in [self._any(plain)] if clause]
        is_loose = len(read) > 1 or any(said.is_loose for said in read)
        return Said(self._all([*asked, *map(Not, barred)]), " ".join(said.line for said in read), is_loose)

    def _item(self, item: Item, *, scores: bool) -> Iterator[Said]:
        """What an item says; a leaf may say several things."""
        self.is_plain = self.is_plain and not item.sign
        if not isinstance(item.node, Leaf):
            said = self._node(item.node, scores=scores)
            yield said if isinstance(item.node, Group) and not item.firm and not item.sign else _signed(item, said)
            return
        for found in self._leaf(item.node):
            if not item.firm and not item.sign and self._is_ignored(found):
                self.ignored.append(found.word)
            elif self._has_room(item.node.span):
                if scores and not isinstance(found.clause, _UNSCORED):
                    self.scoring.setdefault(found.clause, found.label)
                yield _signed(item, Said(found.clause, found.label, is_loose=False, is_firm=found.is_firm))

    def _leaf(self, leaf: Leaf) -> Sequence[Found]:
        """What is looked for."""
        if leaf.field:
            self.is_plain = False
            return fielded(leaf, self.problems)
        return phrase(leaf, self.problems) if leaf.quoted else worded(leaf, self.problems)

    def _has_room(self, span: Span) -> bool:
        """False from the word on that is one too many."""
        self._count += 1
        if self._count == MAX_WORDS + 1:
            instead = f"only the first {MAX_WORDS} are searched"
            self.problems.append(Problem(f"the query has more than {MAX_WORDS} words", span, instead))
        return self._count <= MAX_WORDS

    def _is_ignored(self, found: Found) -> bool:
        """True for 'it', not for 'IT' in a query that is not all capitals, nor for the A of 'hepatitis A'."""
        ignored = _IGNORED | {"mean"} if self._asks_meaning else _IGNORED
        if self._keep_stop_words or not found.word or fold(found.word) not in ignored:
            return False
        return self._capitals or not found.word.isupper() or found.word == "I"

    def _any(self, clauses: Iterable[Clause]) -> Clause | None:
        """Any of the clauses, those that are any-of themselves opened up; the forms of one word stay together."""
        parts: dict[Clause, None] = {}
        for clause in clauses:
            if isinstance(clause, AnyOf) and clause not in self.scoring:
                parts |= dict.fromkeys(clause.clauses)
            else:
                parts[clause] = None
        return AnyOf(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)

    def _all(self, clauses: Iterable[Clause]) -> Clause | None:
        """All of the clauses, those that are all-of themselves opened up."""
        parts: dict[Clause, None] = {}
        for clause in clauses:
            parts |= dict.fromkeys(clause.clauses if isinstance(clause, AllOf) else (clause,))
        return AllOf(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def _closed(said: Said) -> str:
    return f"({said.line})" if said.is_loose else said.line


def _signed(item: Item, said: Said) -> Said:
    """The same with its sign, as one thing beside others."""
    if not item.sign and not said.is_loose:  # as of most words
        return said
    sign = {"-": "NOT ", "+": "+"}.get(item.sign, "")
    return said._replace(line=sign + _closed(said), is_loose=False)
