"""Questions about 25 everyday texts: house rules, data sheets, timetables, prices, minutes; many ask for a quantity.

`everyday.txt` has the texts, each below its name ("=== pool.md") and above its questions: "? a question => the words
that answer it", "! a question that nothing answers". All are asked of one library. Of the first thirteen texts wrong
answers were read to make answers better, of the others never: "unread" are the figures to believe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.five_documents import Case, Collection, Place, answer_values, outcome_of
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import library_of

TEXTS = Path(__file__).parent / "everyday.txt"
READ = 13  # texts
ANSWERED = " => "


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what is asked of it."""

    name: str
    text: str
    cases: tuple[Case, ...]


def texts() -> list[Text]:
    """All texts, in the order of the file."""
    parts = re.split(r"^=== ", TEXTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_text(*part.split("\n", 1)) for part in parts]


def _text(name: str, content: str) -> Text:
    text, asked = content.split("\n---\n")
    return Text(name, text + "\n", tuple(_case(name, line) for line in asked.strip().splitlines()))


def _case(name: str, line: str) -> Case:
    question, _, quote = line[2:].partition(ANSWERED)
    kind = "question" if quote else "unanswerable"
    return Case(question, kind, question, (Place(name, quote),) if quote else ())


def measured() -> Outcome:
    """How often the right sentence is given, and how often nothing is where there is nothing."""
    held = texts()
    with library_of({one.name: one.text.encode() for one in held}) as reader:
        documents = {Path(row.path).name: reader.document(row.id) for row in reader.documents()}
        collection = Collection(reader, documents, {})
        parts = {"read": held[:READ], "unread": held[READ:]}
        found = {
            name: [outcome_of(collection, case) for one in part for case in one.cases] for name, part in parts.items()
        }
    values = {
        f"{name} {measure}": value for name, part in found.items() for measure, value in answer_values(part).items()
    }
    return Outcome(values, tuple(f"{name}: {len(part)} questions" for name, part in found.items()))
