"""What each rule did to a text: counted for the ledger, kept in full to be looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.aligned import AlignedText


@dataclass(slots=True)
class Steps:
    """The rules that changed a text, in order."""

    keep: bool = False  # the texts before and after each change too
    times: Counter[str] = field(default_factory=Counter)  # rule -> rounds in which it changed something
    taken: Counter[str] = field(default_factory=Counter)  # rule -> characters that it took away
    texts: list[tuple[str, str, str]] = field(default_factory=list)  # (rule, text before, text after)

    def note(self, rule: str, before: AlignedText, after: AlignedText) -> AlignedText:
        """The text after a rule, noted when the rule changed it."""
        if after.text != before.text:
            self.times[rule] += 1
            self.taken[rule] += len(before) - len(after)
            if self.keep:
                self.texts.append((rule, before.text, after.text))
        return after

    def summary(self) -> tuple[tuple[str, int], ...]:
        """Rule -> characters taken away, in the order that the rules first applied; 0 when they were only replaced."""
        return tuple((rule, self.taken[rule]) for rule in self.times)
