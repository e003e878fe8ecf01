"""Text -> terms with spans: the same for passages and for queries.

A word is lower-cased, freed of accents, made singular where the plural is irregular, and stemmed (Snowball English).
A compound ("TTF-1", "non-neurogenic", "1.4×1.3×1.7") gives a term for each part, and its joined form at the
position of the first part, so "TTF1" and "TTF-1" find each other and "neurogenic" finds "non-neurogenic". So
does a row of Chinese or Japanese letters, each a part: "腫瘍" finds "脊髄腫瘍" as a phrase; so does a word behind an
article without its vowel: "eau" finds "l'eau". Every word is indexed;
stop words are left out of queries only, so phrases stay exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from functools import lru_cache

from nltk.stem.snowball import EnglishStemmer

from indexer.lexicon import Lexicon
from indexer.native import WORDS
from indexer.plurals import LISTED, singular
from indexer.records import Span, Term

# "not", "no", "without", "may", "can", "us" are missing on purpose: they change what a sentence says.
STOP_WORDS = frozenset(
    """
    a about also an and any are as at be been being but by did do does for from had has have he her his how i if in into
    is it its me my of on or our she should so than that the their them then there these they this those to was we were
    what when where which who whom whose why will with would you your
    """.split()
)

# Letters of Chinese and Japanese, which have no spaces between words: a row of them is a compound, each one a part.
SOLID = (
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{SOLID}]"
_RAISED = "⁰¹²³⁴-⁹"  # digits: behind another they are a part apart, as "10⁵" is not 105; "m²" is what "m2" is
_NOTED = "[a-z]{3}"  # behind these, too: in "Meyer¹²" they are of sources
SIGNS = "⁺⁻"  # behind a digit they are of the raised number that follows, "10⁻⁷"
POWER = rf"[{SIGNS}]?[{_RAISED}]"
_BARE = rf"[^\W_{SOLID}{_RAISED}]*"
_LETTERS = rf"{_LETTER}{_BARE}(?:(?=[{_RAISED}])(?<!{_NOTED})[{_RAISED}]+{_BARE})*"
_NAMED = r"(?:[Cc]\+\+|[A-Za-z]#)(?![A-Za-z_+#])"  # C++, C#, F#: not what C or F is
# An article or the like of one letter or "qu", and the apostrophe: the first part of "l'eau". Those of Italian, "dell'"
# and so on, would make the search for words take two fifths longer, these alone take a sixth.
_ELIDED = rf"(?:[cdjlmnstCDJLMNST]|[Qq]u)['’](?={_LETTER}{{2}})"
_NUMBER = rf"\d+(?:[.,]\d+)*(?:(?=[xX]\d|[{_RAISED}])|{_LETTER}*)"
_PART = rf"{_NAMED}|{_ELIDED}|{_NUMBER}|{_LETTERS}(?:['’]{_LETTERS})*|[{SOLID}]"
_BETWEEN = rf"(?<=[{SOLID}])(?=[{SOLID}])|(?<=['’])|(?=[{_RAISED}])(?:(?<=\d)|(?<={_NOTED}))"
_SIGNED = rf"(?<=\d)[{SIGNS}][{_RAISED}]+"
# A word, or a compound: parts with exactly one joining character between two. The x of 1.4x1.3 joins as × does.
WORD = re.compile(rf"(?:{_PART})(?:(?:[-‐‑‒–−_×/]|(?<=\d)[xX](?=\d)|{_BETWEEN})(?:{_PART})|{_SIGNED})*")
_GAP = re.compile(rf"(?<=[{SOLID}])-(?=[{SOLID}])|(?<=['’])-|(?:(?<=\d)|(?<={_NOTED}))-(?={POWER})")
_IS_RAISED = re.compile(POWER)
_PARTS = re.compile(rf"(?P<times>(?<=\d)[xX](?=\d))|{_SIGNED}|{_PART}")
_TYPED_POWER = re.compile(r"(?<=\d)\^[+\u2212-]?\d{1,9}(?!\w)")
_TO_RAISED = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", "^")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_UNDECOMPOSED = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LONGEST = 64  # characters of a term; a longer word is a token of an encoder, not of a language
_stemmer = EnglishStemmer()
# What a word ends in that a rule of the stemmer may take away; it gives any other as it is. A third of the words of
# technical prose are others, and need not be given to it: words are analysed in nine tenths of the time.
_ENDS = ("s", "y", "e", "ed", "ing", "ion", "ism", "er", "or", "nt", "ic", "al", "ul", "ll", "i")
# Words that Snowball lists, which its rules would make something else of.
_LISTED = frozenset(
    """
    andes atlas bias canning cannings cosmos dying early earring earrings exceed exceeded exceeding exceeds gently
    herring herrings howe idly inning innings lying news only outing outings proceed proceeded proceeding proceeds
    singly skies skis sky succeed succeeded succeeding succeeds tying ugly
    """.split()
)


# A term that a word or compound gives: its text, where it starts and ends there, and the number of the part whose
# position it has. A plain tuple: 50,000 of them with names were a sixth of what the garbage collector looked at.
Form = tuple[str, int, int, int]


def analyse(text: str) -> list[Term]:
    """The terms of a text in order; a compound's joined form follows its first part."""
    return placed(text, STEMS)


def placed(text: str, forms: Lexicon[tuple[Form, ...]], wanted: Container[str] | None = None) -> list[Term]:
    """The terms that the words of a text give, each in its place; positions count the parts of words.

    Of all terms, or of those wanted alone, which takes a fifth of the time.
    """
    terms: list[Term] = []
    position = 0
    for found in WORD.finditer(text):
        word = found[0]
        for form, start, end, part in forms[word]:
            if wanted is None or form in wanted:
                at = found.start()
                terms.append(Term(form, Span(at + start, at + end), position + part))
        position += len(PARTS[word])
    return terms


def words(text: str) -> list[tuple[Span, ...]]:
    """The words of a text: the span of each, or of each part of a compound."""
    return [
        tuple(Span(found.start() + start, found.start() + end) for start, end in PARTS[found[0]])
        for found in WORD.finditer(text)
    ]


def parts(text: str) -> list[str]:
    """The words of a text, or the parts of compounds, as they are written."""
    return [word[start:end] for word in WORD.findall(text) for start, end in PARTS[word]]


def _parts(word: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each part of a word or compound that WORD finds."""
    if is_one_part(word):
        return ((0, len(word)),)
    return tuple(found.span() for found in _PARTS.finditer(word) if not found["times"])


def is_one_part(word: str) -> bool:
    """True for a word of Latin letters or digits that is no compound, as "1x2" is."""
    return word.isascii() and word.isalnum() and (word.isalpha() or "x" not in word.lower())


def stems(word: str) -> tuple[Form, ...]:
    """The terms of a word or compound: of each part, and behind the first the joined form of all."""
    if is_one_part(word):  # as most are: in four fifths of the time
        form = term(word)
        return ((form, 0, len(word), 0),) if form else ()
    cut = PARTS[word]
    forms = [(term(word[start:end]), start, end, at) for at, (start, end) in enumerate(cut)]
    if len(cut) > 1:
        forms.insert(1, (joined([word[start:end] for start, end in cut]), cut[0][0], cut[-1][1], 0))
    return tuple([form for form in forms if form[0]])


PARTS = Lexicon(_parts)
STEMS = Lexicon(stems)


def terms_of(text: str, forms: Lexicon[tuple[Form, ...]] = STEMS) -> frozenset[str]:
    """The terms that the words of a text give, wherever they stand."""
    return frozenset([form[0] for word in WORD.findall(text) for form in forms[word]])


def term(word: str) -> str:
    """The indexed form of one word: 'Metastases' -> 'metastasi'."""
    return folded_term(fold(word))


def folded_term(folded: str) -> str:
    """The same of a word that is folded."""
    if folded.isascii() and (folded.isalpha() or not any(map(str.isdigit, folded))):
        return _stem(folded)
    return folded[:_LONGEST]


@lru_cache(maxsize=100_000)
def _stem(folded: str) -> str:
    """The stem of a word in lower case, however it was written."""
    if WORDS and folded.isalpha() and len(folded) <= _LONGEST:
        return str(WORDS.stem(folded, STEMMING))  # in a twentieth of the time
    return _stemmed(folded)


@lru_cache(maxsize=10_000)
def _stemmed(folded: str) -> str:
    """What the C says of it."""
    one = singular(folded)
    return (str(_stemmer.stem(one)) if one.endswith(_ENDS) else one)[:_LONGEST]


# What C has no rule for: words with their stems, and what tells that of one that ends as irregular plurals do.
STEMMING = {word: _stemmed(word) for word in (*_LISTED, *LISTED)}, _stemmed


def fold(word: str) -> str:
    """The word in lower case, without accents or a possessive ending, Greek letters by name."""
    return word.lower() if is_plain(word) else _folded(word)


def is_plain(word: str) -> bool:
    """True for a word of ASCII in which nothing has to be looked at to fold it."""
    return word.isascii() and (word.isalnum() or not ("'" in word or "," in word))


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """The same of a word with other letters or signs."""
    lower = unicodedata.normalize("NFKC", word).lower().replace("’", "'")
    lower = lower.removesuffix("'s").replace("'", "").lstrip("+\u2212")  # as the sign of a raised number is now
    if lower.isascii():
        return lower.replace(",", "") if _THOUSANDS.fullmatch(lower) else lower
    bare = "".join(filter(_is_no_accent, unicodedata.normalize("NFD", lower)))
    return "".join(_GREEK.get(char, char) for char in unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED))


def _is_no_accent(char: str) -> bool:
    """False for marks that combine, but for those of Japanese, which make other letters."""
    return not unicodedata.combining(char) or char in "\u3099\u309a"


def compound(parts: Sequence[str]) -> str:
    """The parts of a word as it is written: 'T','cell' -> 'T-cell', "l'",'eau' -> "l'eau"."""
    return _GAP.sub("", "-".join(parts))


def powers(text: str) -> str:
    """A text with its typed powers raised, "10^-5" as "10⁻⁵"."""
    return _TYPED_POWER.sub(lambda found: found[0].translate(_TO_RAISED), text)


def joined(parts: list[str]) -> str:
    """The joined form of a compound: 'TTF','1' -> 'ttf1'; numbers keep their distance: '15-20', '10^-5'."""
    whole = fold(parts[0])
    is_apart = False
    for part in parts[1:]:
        folded = fold(part)
        if whole[-1:].isdigit() and folded[:1].isdigit():
            whole += ("^-" if part[0] == "⁻" else "^") if _IS_RAISED.match(part) else "-"
            is_apart = True
        whole += folded
    return whole[:_LONGEST] if is_apart else term(whole)
