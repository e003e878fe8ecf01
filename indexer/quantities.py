"""What can be measured: how a question asks for it, by which words a text names it, and in what it is told.

"How tall is it?" is answered by "Height: 35 m".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")


class Quantity(NamedTuple):
    """Something that has a number and a unit."""

    asked: re.Pattern[str]  # with a group for the word that names it
    told: tuple[str, ...]  # other words that name it in a text
    shown: re.Pattern[str]  # a number of it, in lower case
    nouns: tuple[str, ...]  # whose words it is asked for by, where it is not asked for with "how"
    called: str = ""  # what is missing when no number of it is shown; empty where something else may answer, too


# The numerals by first letters: one by one they would be looked for in 1.6 times the time. "A yard" is a place more
# often than a length, and "a second road" no time.
_DIGIT = (
    r"(?:\d|\b(?:t(?:wo|hree|en|welve|wenty|hirty|housand)|f(?:our|ive|ifteen|orty|ifty|ew)|s(?:ix|even|ixty|eventy|"
    r"everal)|e(?:ight|leven|ighty)|nine(?:ty)?|h(?:undred|alf)|million|billion|dozen|one|"
    r"an?(?! (?:foot|quarter|second|stone|yard)\b))\b)"
)
_LENGTH = (
    r"(?:(?:nautical )?(?:[kcm]?m|(?:kilo|centi|milli)?met(?:re|er)s?|ft|feet|foot|inch(?:es)?|yards?|miles?)\b|″"
    r"|\"(?= ?(?:[x×]|(?:by|wide|deep|high|tall|long|thick)\b)))"  # any other may end a quotation, "Catch 22"
)
_TIME = r"(?:second|minute|hour|day|night|week|month|quarter|year|decade|centur(?=y|ies))(?:s|y|ies)?\b"
_MONEY = r"(?:(?:euros?|eur|dollars?|usd|pounds?|gbp|cents?|pence|francs?|chf|kron\w+|yen|yuan|rupees?)\b|[€$£¥])"
_WEIGHT = r"(?:[km]?g|(?:kilo|milli)?gram(?:me)?s?|kilos?|t|tons?|tonnes?|lbs?|pounds?|oz|ounces?|stone)\b"


def _in(units: str) -> str:
    """A number in some units."""
    return rf"{_DIGIT}[\s-]?{units}"


_PRICE = rf"{_in(_MONEY)}|(?:[€$£¥]|eur|usd|gbp|chf)\s?\d"


def _how(words: str) -> str:
    """How it is asked with an adjective; "How deep learning works" does not."""
    verbs = "is|are|was|were|does|do|did|can|could|may|might|must|should|will|would|has|have|had|an?|the"
    return rf"\bhow ({words})(?= (?:{verbs})\b|\W*$)"


def _quantity(asked: str, nouns: str, told: str, shown: str, called: str = "") -> Quantity:
    """One that is asked for in some way, or as "What is the (highest permitted) speed?" and "At what speed?" do."""
    which = r"\b(?:what|which)(?:(?:'s| is| was| will be) (?:the|its|their|his|her|your)(?: [\w-]+){0,2}?)?"
    named = rf"{which} ({nouns})\b(?! groups?\b| profile\b)"
    return Quantity(
        re.compile(f"{asked}|{named}"), tuple(told.split()), re.compile(shown), tuple(_WORD.findall(nouns)), called
    )


QUANTITIES = {
    "height": _quantity(
        _how("tall|high"),  # a tower, and a share or a rent
        "height|elevation|altitude",
        "height elevation altitude tall",
        rf"{_in(_LENGTH)}|\d\s?%|{_PRICE}",
    ),
    "length": _quantity(
        r"(?<!for )\bhow (long) (?:is|are|was|were)\b",
        "length",
        "length",
        rf"\blength\b.{{0,40}}?{_in(_LENGTH)}|{_in(_LENGTH)} (?:long|in length)\b",
    ),
    "width": _quantity(_how("wide|broad"), "width|breadth|diameter", "width diameter wide", _in(_LENGTH), "a width"),
    "depth": _quantity(_how("deep"), "depth", "depth deep", _in(_LENGTH), "a depth"),
    "thickness": _quantity(_how("thick"), "thickness", "thickness thick", _in(_LENGTH), "a thickness"),
    "distance": _quantity(_how("far"), "distance", "distance", rf"{_in(_LENGTH)}|{_in(_TIME)}"),
    "weight": _quantity(
        _how("heavy") + r"|\bhow much .*\b(weigh)\b", "weight", "weight weigh heavy", _in(_WEIGHT), "a weight"
    ),
    "age": _quantity(
        _how("old"),
        "age",
        "age",
        rf"{_in('(?:year|month|week|day|decade)s?')}|centur|\b[12]\d{{3}}\b|\bage[ds]?\b.{{0,20}}\d|\bunder {_DIGIT}",
        "an age",
    ),
    "temperature": _quantity(
        _how("hot|cold|warm|cool"), "temperature", "temperature", r"\d\s?(?:°|º|[kcf]\b)|degree", "a temperature"
    ),
    "speed": _quantity(
        _how("fast"),
        "speed|velocity",
        "speed velocity",
        r"\d\s?(?:mph|km/h|kph|m/s|knots?|\w?bit/s|\w?bps)\b"
        rf"|{_DIGIT}[\s-]?[\w ]{{1,30}} (?:per|an?) (?:second|minute|hour)",
    ),
    "loudness": _quantity(
        _how("loud|noisy"), "noise level|loudness", "noise loudness sound", r"\d\s?(?:db|decibel)", "a loudness"
    ),
    "price": _quantity(
        _how("expensive|costly")
        + r"|\bhow (much)(?= (?:is|are|was|were)\b)|\b(?:how much|what) (?:do|did|will|would|can)\w*\b.*"
        r"\b(cost|pay)\b",
        "price|fee|cost|rent",
        "cost price fee pay",
        rf"{_PRICE}|\bfree\b|\bnothing\b",
        "a price",
    ),
    "frequency": _quantity(
        _how("often|frequently"),
        "frequency",
        "",
        r"\b(?:every|each|once|twice|times)\b|\b(?:hour|dai|night|week|fortnight|month|quarter|year|annual|regular|rare|"
        rf"frequent|usual|occasional|constant|continuous)ly\b|\b(?:an?|per) {_TIME}",
    ),
    "size": _quantity(_how("large|big|small"), "size", "size area", r"\d"),
    "capacity": _quantity(_how("roomy"), "capacity", "capacity carry hold seat volume", r"\d"),
    "steepness": _quantity(_how("steep"), "steepness|slope|gradient", "slope gradient", r"\d\s?[%°‰]|\bpercent\b"),
}

# Words of which a question that asks for any of them has one: told in a tenth of the time that asking for each takes.
_NAMING = frozenset({"how", "pay"}.union(*(one.nouns for one in QUANTITIES.values())))


@lru_cache(maxsize=1024)
def measured(text: str) -> dict[str, str]:
    """The quantities that a question asks for, each with the word that names it there."""
    lower = text.lower()
    if _NAMING.isdisjoint(_WORD.findall(lower)):  # as of most questions
        return {}
    found = ((name, one.asked.search(lower)) for name, one in QUANTITIES.items())
    return {name: next(filter(None, match.groups())) for name, match in found if match}


def told(text: str) -> dict[str, tuple[str, ...]]:
    """Words of a question -> the words by which a text names what they ask for."""
    return {word: QUANTITIES[name].told for name, word in measured(text).items()}


def tells(name: str, text: str) -> bool:
    """True when a text has a number of a quantity."""
    return bool(QUANTITIES[name].shown.search(text.lower()))


def with_heads(row: str, columns: str) -> str:
    """A row of a table, and its cells between head and unit: "Length (km) 3,531 km"; a sentence as it is.

    `columns` has a line for each row of heads.
    """
    if not columns:
        return row
    heads = [zip(line.split("\t"), row.split("\t"), strict=False) for line in columns.split("\n")]
    pairs = [(head, cell) for line in heads for head, cell in line if head.strip() and cell]
    return "\n".join([row, *(f"{head} {cell} {head.split()[-1].strip('()[]')}" for head, cell in pairs)])
