"""How common a word is in any English text. In a small library chance makes "whether" rarer than "tumor".

The lists hold words that stand in such a share of passages of 120 words in at least four of five collections
(encyclopedia, full articles, and abstracts of three kinds), names of subjects left out, and everyday words that such
texts avoid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from indexer.analyse import STOP_WORDS, term

PASSAGES = 500  # of a library that its own counts and the lists tell as much as each other
_RARE = 1e-4  # share of passages of a word that no list has
_STOP_WORD = 0.5
_SHARES: dict[float, str] = {
    0.2: """
        which not have has used one between than all more these been there time their two but after can other only such
        into some when first most no may who they about any out new
        """,
    0.07: """
        use during including following increase effect results found find show both different had compare method rate
        number determine however type three those base due day year mean value change same under over within high low
        well many much very each if through because before second while up will would could should must might per long
        part often since either less several against without during where what how us your you
        """,
    0.03: """
        four five six ten good great large small main major common important possible different general total early late
        last next old young full certain various several another else whether whole every few little same own own non
        make made making do did does done go goes went come came give gave given take took taken get got put set let
        keep become became call called name known know see seen look need help allow try start begin began end stop
        continue follow lead include contain consist form occur happen appear remain cause reduce describe report
        suggest indicate provide require consider involve relate associate develop produce perform obtain observe
        increase decrease affect influence say said tell told ask want think believe mean feel seem work move turn leave
        left bring hold stand run
        way kind sort case point problem question answer reason result thing things person people man men group place
        area region side level degree amount percent percentage proportion share half period term example fact role
        order condition state position line process action activity work month week hour minute age size
        back down off again also away together almost already always never sometimes usually usual generally general
        only even still yet just too quite rather around along across near behind above below among upon toward towards
        therefore thus hence although though unless until whereas except despite usually normally mostly particularly
        likely unlikely able available present recent recently previous previously current currently further furthermore
        common commonly frequent frequently rare rarely rapid rapidly quick quickly slow slowly soon later far
        high higher highest low lower lowest great greater greatest large larger largest small smaller smallest long
        longer longest short shorter best better worst worse big bigger biggest
        """,
    0.01: """
        am cannot must might shall ought anyone anything someone something nothing everything everybody nobody none
        define definition explain explanation explained describe description meaning stands abbreviation acronym short
        original called termed title word list tell real actual exact exactly correct right wrong true false
        receive received give offer choose select decide plan hope expect wish try avoid manage handle deal cover carry
        pass passed spend spent pay cost buy sell live lived die grow grew build built break broke open close cut lose
        lost win won meet met send sent learn learned read write wrote speak talk hear heard walk sit wait stay watch
        """,
}


@cache
def _table() -> dict[str, float]:
    table = {term(word): _STOP_WORD for word in STOP_WORDS}
    for share, words in _SHARES.items():
        for word in words.split():
            table.setdefault(term(word), share)
    return table


def is_plain(term: str, share: float = 0.0) -> bool:
    """True for a word that any English text may hold, whatever it is about: at least such a share of passages."""
    return _table().get(term, -1.0) >= share


def rareness(terms: Iterable[str]) -> float:
    """How rare in any English text, whatever a library holds, the commonest of some terms is."""
    return -math.log(max((_table().get(term, _RARE) for term in terms), default=_RARE))


def plainness(term: str, size: int) -> float:
    """What the rarity of a term in a library of `size` passages is to be multiplied with.

    For a word that no list has 1. For others what their share is worth as rarity, and the nearer to 1 the larger the
    library, which then tells best itself.
    """
    share = _table().get(term, _RARE)
    return float((math.log(share) / math.log(_RARE)) ** (PASSAGES / (PASSAGES + size)))
