"""British and American spellings of a word, by rule; whether a collection has them is not asked here.

Every rule goes both ways. It may offer what is no word ("chaemical"): no collection has it. It must not offer another
word, so pairs that are two words somewhere are left out: prise and prize, tyre and tire, tonne and ton, storey and
story, draught and draft, cheque and check.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = 2  # rules that one word may take: "haemorrhoidectomised" takes two
_MOST = 8  # spellings of a word
_OUR = """
    tum col fav flav behavi lab hon hum od rum vap harb neighb vig val sav cand arm endeav splend clam succ ferv ard
    ranc
""".split()
_LETTERS = [
    *([f"{stem}our", f"{stem}or"] for stem in _OUR),
    *(
        pair.split(":")
        for pair in """
        haem:hem anaem:anem aemi:emi aesth:esth paedi:pedi paedo:pedo aetiol:etiol caec:cec faec:fec gynaec:gynec
        naev:nev taeni:teni palaeo:paleo archaeo:archeo caesar:cesar caesium:cesium praevi:previ coeli:celi oedem:edem
        oesoph:esoph oestr:estr foet:fet diarrhoe:diarrhe rrhoe:rrhe pnoe:pne homoeo:homeo amoeb:ameb manoeuvr:maneuver
        manoeuvre:maneuver sulph:sulf artefact:artifact distension:distention sceptic:skeptic mould:mold ageing:aging
        judgement:judgment aluminium:aluminum neurone:neuron skilful:skillful leucocyt:leukocyt leucaem:leukem
        dietician:dietitian plough:plow fibre:fiber
        """.split()
    ),
]
_WORDS = {
    one: other
    for pair in """
    programme:program programmes:programs grey:gray greys:grays greyish:grayish disc:disk discs:disks
    practise:practice practised:practiced practises:practices practising:practicing fulfil:fulfill fulfils:fulfills
    instal:install distil:distill enrol:enroll enrolment:enrollment instalment:installment
    """.split()
    for one, other in [pair.split(":"), pair.split(":")[::-1]]
}
_DOUBLED = "label|model|signal|fuel|tunnel|counsel|cancel|channel|level|travel|total|dial|marshal|panel|spiral|bevel"
_RE = "cent|fib|lit|met|calib|tit|theat|goit|lust|spect|meag|somb"
_ENDINGS = (
    (r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)", "iz"),
    (r"(?<=\w{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)", "is"),
    (r"(?<=\w{2})ys(?=(?:e|ed|er|ers|ing)$)", "yz"),
    (r"(?<=\w{2})yz(?=(?:e|ed|er|ers|ing)$)", "ys"),
    (rf"({_RE})re(s?)$", r"\1er\2"),
    (rf"({_RE})er(s?)$", r"\1re\2"),
    (rf"({_RE})red$", r"\1ered"),
    (rf"({_RE})ered$", r"\1red"),
    (rf"^({_DOUBLED})l(ed|ing|er|ers)$", r"\1\2"),
    (rf"^({_DOUBLED})(ed|ing|er|ers)$", r"\1l\2"),
    (r"^(anal|catal|dial|homol)ogue(s?)$", r"\1og\2"),
    (r"^(anal|catal|dial|homol)og(s?)$", r"\1ogue\2"),
    (r"^(def|lic|off|pret)ence(s?)$", r"\1ense\2"),
    (r"^(def|lic|off|pret)ense(s?)$", r"\1ence\2"),
)
_ENDS = re.compile("|".join(pattern for pattern, _ in _ENDINGS))  # few words have one: told in a fifth of the time


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Other spellings of a folded word: 'tumours' -> ('tumors',)."""
    found = dict.fromkeys([word])
    reached = [word]
    for _ in range(_STEPS):
        reached = [other for one in reached for other in _one_rule(one) if other not in found]
        found |= dict.fromkeys(reached)
    return tuple(found)[1 : _MOST + 1]


def _one_rule(word: str) -> list[str]:
    """The spellings that one rule gives."""
    found = [_WORDS[word]] if word in _WORDS else []
    for ours, theirs in _LETTERS:
        if ours in word:
            found.append(word.replace(ours, theirs))
        elif theirs in word:
            found.append(word.replace(theirs, ours))
    for ending, new in _ENDINGS if _ENDS.search(word) else ():
        other = re.sub(ending, new, word)
        if other != word:
            found.append(other)
    return found
