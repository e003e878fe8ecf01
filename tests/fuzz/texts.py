"""Query texts nobody would type, drawn at random: the same seed gives the same texts."""

from __future__ import annotations

from random import Random

from tests.queries import READINGS, REPAIRED

TABLE = [text for text, *_ in (*READINGS, *REPAIRED)]
SYNTAX = """
AND OR NOT ( ) " “ ” + - = ~ ~1 ~5 ~99 * ? : .. title: heading: author: section: document: year: format: kind: flag:
colour: 2015..2020 2019 99999 flag:negated section:results format:txt -title: +( =" "~ \\ / ' ; , . ! & | { } [ ] % # @
""".split()
WORDS = """
tumor tumour metastasis IDEM intradural extra medullary extra-medullary extramedullary US us it IT the of a not no cord
18-FDG F-18 1.4×1.3 5 mg 5mg β-catenin oedema haemorrhage ﬁbrosis naïve TTF-1 metast* spinal~ tumro =Tumor II IV café
""".split()
ODD = "\x00 \t\n\r\x0b\x1f\x7f\x85\u00a0\u00ad\u0301\u0345\u200b\u200d\u2028\u202e\u2060\ufeff\ufffe\uffff\ud800\udfff"
ODD += "\u0130ßŉǆΐﬄ"
MOST_CHARS = 60_000
_PLANES = 17


def drawn(random: Random) -> str:
    """One text that is not empty."""
    text = random.choice(_WAYS)(random)[:MOST_CHARS]
    return text if text.strip() else "a" + text


def _syntax(random: Random) -> str:
    """Signs and words side by side, with spaces or without."""
    pieces = random.choices(SYNTAX, k=random.randint(1, 30)) + random.choices(WORDS, k=random.randint(0, 20))
    random.shuffle(pieces)
    return "".join(piece + random.choice(["", "", " "]) for piece in pieces)


def _words(random: Random) -> str:
    """Words with a sign here and there."""
    return " ".join(random.choice(["", "", "", "+", "-", "=", "("]) + word for word in _some(random, WORDS, 40))


def _planes(random: Random) -> str:
    """Characters from every plane, half surrogate pairs among them."""
    points = [random.randrange(_PLANES) * 0x10000 + random.randrange(0x10000) for _ in range(random.randint(1, 60))]
    return "".join(chr(point) + random.choice(["", " ", "*", '"']) for point in points)


def _low(random: Random) -> str:
    """Characters of the first plane where most letters and marks are, control characters and rarities among them."""
    return "".join(chr(random.randrange(0x600)) if random.random() < 0.7 else random.choice(ODD) for _ in range(80))


def _nested(random: Random) -> str:
    """Parentheses within parentheses, as many closed as opened, or not."""
    depth = random.choice([3, 19, 20, 21, 200, 3_000])
    inner = random.choice(["(", "-(", "+(", "title:(", "NOT (", '("'])
    end = random.choice([")", ")", "", " x)"])
    return inner * depth + random.choice(["x", "x OR y", '"', "*"]) + end * depth


def _long(random: Random) -> str:
    """Many words, or one piece over and over."""
    if random.random() < 0.5:
        return " ".join(_some(random, WORDS, 10_000, least=60))
    return random.choice([*SYNTAX, *WORDS, *ODD]) * random.choice([64, 65, 512, 513, 10_000])


def _spoilt(random: Random) -> str:
    """A query of the table with some characters taken out, put in, or moved; or two of them in one."""
    text = random.choice(TABLE) + random.choice(["", "", " " + random.choice(TABLE)])
    for _ in range(random.randint(1, 6)):
        at, to = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        put = random.choice(["", random.choice(ODD), random.choice(SYNTAX), text[at:to]])
        text = text[:at] + put + text[random.choice([at, at, to, min(at + 1, len(text))]) :]
    return text


_WAYS = (_syntax, _syntax, _words, _planes, _low, _nested, _long, _spoilt, _spoilt, _spoilt)


def _some(random: Random, words: list[str], most: int, least: int = 1) -> list[str]:
    return random.choices(words, k=random.randint(least, most))
