"""Other ways to write a compound, a quantity or an isotope, by rule: "extra-medullary", "5 mg", "F-18".

Whether a collection has them is not asked here, only how they would be looked for. Roman numerals are left alone:
"type II" is not "type 2" in every field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.analyse import fold, joined, term
from indexer.records import Clause, Phrase, Word

# Beginnings that are joined to a word, or not, as the writer likes. "under" or "out" are not among them: "under stand"
# is two words. Nor are "in", "re" and "de", which begin every other word.
BEGINNINGS = frozenset(
    """
    antero anti auto bio cardio cerebro cervico chemo cranio cyto dorso ecto electro endo epi exo extra fibro
    gastro hemi hetero histo homo hydro hyper hypo immuno infra inter intra iso laparo lipo lumbo lympho macro
    medio mega meta micro mid mono multi myelo myo nano neo neuro non oligo osteo para patho peri phospho photo
    physio pluri pneumo poly post postero pre pro pseudo psycho radio retro sacro semi socio spino sub super supra
    thermo thoraco trans ultra vaso ventro
    """.split()
)
_REST = 4  # letters at least of what follows such a beginning
_UNITS = {
    unit: names.split()
    for names in (
        "kg", "g", "mg", "mug mcg ug", "ng", "km", "m", "cm", "mm", "mum um", "nm", "l", "dl", "ml", "mul ul", "mmhg",
        "gy", "cgy", "msv", "mbq", "gbq", "mci", "hz", "khz", "mhz", "kv", "kev", "mev", "h hr hrs", "min mins",
        "s sec", "ms", "t tesla", "iu", "mmol", "mumol umol", "mol", "kda", "kb", "bp", "kcal",
    )
    for unit in names.split()
}  # fmt: skip
_LETTERS = frozenset("alpha beta gamma delta epsilon zeta eta theta kappa lambda mu sigma tau omega".split())
_GREEK = {"mug": "µg", "mum": "µm", "mul": "µl", "mumol": "µmol"}  # as the receipt shows them
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ISOTOPES = {
    "11": "c", "13": "n", "15": "o", "18": "f", "32": "p", "60": "co", "64": "cu", "67": "ga", "68": "ga", "82": "rb",
    "89": "zr sr", "90": "y", "99m": "tc", "111": "in", "123": "i", "124": "i", "125": "i", "131": "i", "137": "cs",
    "153": "sm", "177": "lu", "188": "re", "192": "ir", "201": "tl", "223": "ra", "225": "ac",
}  # fmt: skip
_ELEMENTS = {
    "carbon": "c", "nitrogen": "n", "oxygen": "o", "fluorine": "f", "fluor": "f", "phosphorus": "p", "cobalt": "co",
    "copper": "cu", "gallium": "ga", "rubidium": "rb", "zirconium": "zr", "strontium": "sr", "yttrium": "y",
    "technetium": "tc", "indium": "in", "iodine": "i", "cesium": "cs", "caesium": "cs", "samarium": "sm",
    "lutetium": "lu", "rhenium": "re", "iridium": "ir", "thallium": "tl", "radium": "ra", "actinium": "ac",
}  # fmt: skip
_TRACERS = {"fdg": "18", "naf": "18", "fdopa": "18", "fet": "18", "dotatate": "68", "dotatoc": "68", "psma": "68"}
_NUCLIDE = re.compile(r"(\d{2,3}m?)([a-z]{1,2})|([a-z]{1,2})(\d{2,3}m?)")


class Form(NamedTuple):
    """Another way to write something, and what finds it."""

    text: str
    clause: Clause
    kind: str  # "compound", "unit" or "quantity"


def forms(parts: Sequence[str]) -> list[Form]:
    """Other ways to write a word, or the parts of a compound, as typed."""
    folded = [fold(part) for part in parts]
    if len(folded) == 1 and folded[0].isalpha():  # as most are: no number stands in it
        return [*_apart(folded), *_lettered(parts)]
    return [*_quantities(folded), *_sizes(folded), *_isotopes(folded), *_apart(folded), *_lettered(parts)]


def pair(left: str, right: str) -> Form | None:
    """Two neighbouring words written as one, where they may be: a beginning and a word, a number and a unit."""
    ours, theirs = fold(left), fold(right)
    if _NUMBER.fullmatch(ours) and theirs in _UNITS:
        return Form(f"{ours}{theirs}", Word(joined([ours, theirs])), "unit")
    if theirs in _LETTERS and ours.isascii() and ours.isalnum():
        return Form(f"{ours}-{theirs}", Word(joined([ours, theirs])), "compound")
    if ours in BEGINNINGS and len(theirs) >= _REST and theirs.isalpha():
        return Form(f"{ours}{theirs}", Word(joined([ours, theirs])), "compound")
    return None


def _apart(parts: Sequence[str]) -> Iterator[Form]:
    """A solid word as two: 'extramedullary' -> 'extra medullary'."""
    if len(parts) == 1 and parts[0].isalpha():
        for at in range(2, len(parts[0]) - _REST + 1):
            beginning, rest = parts[0][:at], parts[0][at:]
            if beginning in BEGINNINGS:
                yield Form(f"{beginning}-{rest}", Phrase((term(beginning), term(rest))), "compound")


def _lettered(parts: Sequence[str]) -> Iterator[Form]:
    """A name with a Greek letter at its end as two words: 'TNFα' -> 'TNF alpha'."""
    if len(parts) == 1 and parts[0][-1:] != "µ" and fold(parts[0][-1:]) in _LETTERS and parts[0][:-1].isascii():
        name = fold(parts[0][:-1])
        if len(name) > 1:
            letter = fold(parts[0][-1:])
            yield Form(f"{name} {letter}", Phrase((term(name), term(letter))), "compound")


def _quantities(parts: Sequence[str]) -> Iterator[Form]:
    """A number and its unit in one word or two, the unit by its other names: '5µg' -> '5 mcg'."""
    found = _QUANTITY.fullmatch("".join(parts)) if len(parts) <= 2 else None
    if not found or found[2] not in _UNITS:
        return
    for unit in _UNITS[found[2]]:
        shown = _GREEK.get(unit, unit)
        yield Form(f"{found[1]} {shown}", Phrase((term(found[1]), term(unit))), "unit")
        yield Form(f"{found[1]}{shown}", Word(joined([found[1], unit])), "unit")


def _sizes(parts: Sequence[str]) -> Iterator[Form]:
    """A size with a letter between its numbers: '1.4×1.3' -> '1.4 x 1.3'."""
    if 2 <= len(parts) <= 3 and all(_NUMBER.fullmatch(part) for part in parts):
        spaced = " x ".join(parts)
        yield Form(spaced, Phrase(tuple(map(term, spaced.split()))), "unit")


def _tracers(mass: str, tracer: str) -> Iterator[Form]:
    """A tracer with its isotope named by mass and symbol, by mass alone, or the other way round: '18-FDG'."""
    isotope = _TRACERS[tracer]
    element = _ISOTOPES[isotope].split()[0]
    ways = [(f"{isotope}{element}",), (isotope,), (element, isotope)]
    if mass not in (isotope, f"{isotope}{element}"):
        return
    for way in ways:
        if way != (mass,):
            shown = "-".join([*(word.upper() for word in way), tracer.upper()])
            yield Form(shown, Phrase((*way, term(tracer))), "unit")


def _isotopes(parts: Sequence[str]) -> Iterator[Form]:
    """An isotope in its other orders: 'F-18' -> '18F', 'fluorine 18'; and a tracer with its isotope's symbol."""
    if len(parts) == 2 and parts[1] in _TRACERS:
        yield from _tracers(*parts)
    named = [_ELEMENTS.get(part, part) for part in parts]
    found = _NUCLIDE.fullmatch("".join(named)) if len(parts) <= 2 else None
    mass, element = (found[1] or found[4], found[2] or found[3]) if found else ("", "")
    if element not in _ISOTOPES.get(mass, "").split():
        return
    symbol = element.capitalize()
    yield Form(f"{mass}{symbol}", Word(joined([mass, element])), "unit")
    yield Form(f"{symbol}{mass}", Word(joined([element, mass])), "unit")
    yield Form(f"{mass} {symbol}", Phrase((mass, term(element))), "unit")
    yield Form(f"{symbol} {mass}", Phrase((term(element), mass)), "unit")
    for name in (name for name, short in _ELEMENTS.items() if short == element):
        yield Form(f"{name} {mass}", Phrase((term(name), mass)), "unit")
