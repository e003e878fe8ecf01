"""Words that give away what is not content: notices, log-in walls, calls to action, disclaimers."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Phrases in lower case; each has a word with one of the stems, which are looked for first.

    Of the words of a phrase the one is taken that stands in the fewest other places: most of the time that cues take
    goes to the paragraphs that have a stem and no phrase.
    """

    patterns: tuple[re.Pattern[str], ...]
    stems: tuple[str, ...]  # as regular expressions, which are searched for in words

    def times(self, text: str) -> int:
        """How many of the patterns are found in a text, in capitals or not."""
        lower = text.lower()  # a pattern that ignores case takes three times as long
        return sum(bool(pattern.search(lower)) for pattern in self.patterns)


def _cue(stems: str, *patterns: str) -> Cue:
    return Cue(tuple(map(re.compile, patterns)), tuple(stems.split()))


def _either(*phrases: str) -> str:
    """A pattern that finds any of the phrases."""
    return "|".join(phrases)


def _any(*phrases: str) -> str:
    """A pattern that finds any of the phrases, in capitals or not."""
    return f"(?i:{_either(*phrases)})"


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    _any(
        r"\b\d{4}-\d\d-\d\d\b",
        rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}\b",
        rf"\b{_MONTH} \d{{4}}\b",
    )
)
_DATED = "published|released|updated|reviewed|expires?|posted|modified|received|accepted|revised|created|date"
DATED = re.compile(rf"(?i:\b(?:{_DATED})\b)")
DATE_LINE = _cue(
    _DATED.replace("s?", "").replace("|", " "),
    r"\A\W*(?:(?:this|article|page|content|topic|originally|last|first|medically|was|on)\s+){0,4}"
    rf"\b(?:{_DATED})\b.{{0,40}}?{DATE.pattern}",
)
# Lines of front matter that only a machine reads.
IDENTIFIER = re.compile(
    r"(?i)^(?:(?:doi|sha|pii|pmid|pmcid|issn|isbn|e-?issn|arxiv|url|link|licen[cs]e|e-?mail)\s*[:=]|"
    r"https?://\S+$|www\.\S+$|(?:copyright\s*)?(?:©|\(c\))\s*\d{4}|copyright \d{4}|\S+@\S+\.\w+$)"
)
# A page that asks for it shows more than one of these.
LOGIN = _cue(
    "log sign subscri register password members plan account access",
    *(
        rf"\b{phrase}\b"
        for phrase in (
            r"log(?:ged)?[ -]?in",
            r"sign(?:ed)?[ -]?in",
            r"subscri(?:be|bers?|ptions?)",
            r"(?:not|never) (?:yet )?registered",
            r"register(?:ed)? (?:before|now|here|users?|members?)",
            r"your password",
            r"members? only",
            r"service plans?",
            r"(?:create|open) an? (?:free )?account",
            r"full access",
        )
    ),
)
# Labels of buttons and links: the whole line.
BUTTON = re.compile(
    _any(
        r"(?:(?:main|close|toggle) )?(?:menu|navigation)",
        r"home(?: ?page)?|search|print|share|save|tweet|e-?mail|pin(?: it)?|rss|close|back|next|previous|more|top",
        r"facebook|twitter|linkedin|instagram|pinterest|youtube|whatsapp|reddit",
        r"about(?: us)?|contact|careers|newsroom|site ?map|accessibility|help|faqs?|feedback|support|locations",
        r"log ?in|sign ?in|log ?out|register|my ?account|patient portal|cart|checkout",
        r"add to (?:cart|favou?rites)|(?:leave a )?comments?(?: \(\d+\))?|reply|\d+ comments?",
        r"(?:table of )?contents|jump to .{1,30}|on this page|in this (?:article|section)",
        r"show (?:all|less)|continue reading|all topics|language|english|español|subscribe(?: now)?",
    )
)
# A trail or a row of links: short names between bars or arrows; no key words of an article.
LINKS = re.compile(r"(?!(?i:key ?words|index terms)\b)[^|»›>\d]{2,40}(?:\s+[|»›>•·]\s+[^|»›>•·\d]{2,40}){1,15}")
RELATED = re.compile(
    r"(?i)(?:related|recommended|popular|trending|latest|featured|top|more) (?:articles?|topics?|content|links?|"
    r"conditions?|posts?|pages?|stories|news|reading|resources)|(?:you may also|you might) (?:also )?like|"
    r"more (?:from|on|in) .{2,30}|share this(?: article)?"
)
INTERRUPTION = _cue(
    "advertis sponsored continue",
    r"\A(?:advertisements?|sponsored(?: content| links?)?|(?:story|article) continues below(?: advertisement)?|"
    r"scroll (?:down )?to continue.{0,20})\Z",
)
READER = re.compile(r"(?i)\b(?:you|your|please|only available|available only|to (?:continue|view|read|access))\b")
ACTION = re.compile(
    r"\W*"
    + _any(
        r"find an? ",
        r"schedule (?:an?|your|now|online)\b",
        r"(?:request|make|book) (?:an?|your) (?:appointment|visit|consultation|demo|quote)",
        r"book (?:now|online)",
        r"(?:learn|read|see|show) more",
        r"click ",
        r"call (?:us|now|today|\+?[\d(])",
        r"contact us",
        r"get (?:directions|started)",
        r"share (?:this|on)\b",
        r"sign up",
        r"follow us",
        r"download ",
        r"subscribe",
        r"donate",
        r"print this",
        r"back to top",
        r"enter your ",
        r"was this (?:article|page|information|content) (?:helpful|useful)",
        r"rate this",
        r"view (?:all|more|full|our|available|larger|profile)\b",
        r"visit our\b",
        r"visit .{0,60}(?:page|site|website)\b",
    )
)
BANNER = _cue(
    "cookie javascript privacy ^terms$ reserved offering notice proud ^open$ ^here$ accepting pixel skip",
    _either(
        r"\b(?:we|site|website|page) (?:also )?uses? cookies\b",
        r"\b(?:accept|allow) (?:all )?cookies\b",
        r"\bcookie (?:policy|settings|notice)\b",
        r"\benable javascript\b",
        r"\bprivacy policy\b",
        r"\bterms (?:of (?:use|service)|and conditions)\b",
        r"\ball rights reserved\b",
        r"\bnow offering\b",
        r"\buntil further notice\b",
        r"\bwe are (?:proud|open|here (?:for|to))\b",
        r"\bis proud to\b",
        r"\baccepting new patients\b",
        r"\b(?:tracking|facebook|meta) pixel\b",
        r"^skip to (?:main )?content\b",
    ),
)
DISCLAIMER = _cue(
    "substitut replac diagnos medical legal advice physician doctor professional provider only vary adverse",
    # Each begins with the same letters whatever follows, which the engine skips to: in a third of the time.
    r"not (?:"
    r"(?:intended|meant|designed) (?:to|as|for) (?:be )?(?:a )?(?:substitut|replace|diagnos|medical|provide medical)|"
    r"a substitute for|"
    r"(?:be )?(?:used|considered|relied upon|taken) (?:as|for) (?:a )?(?:substitute|medical|legal|professional)|"
    r"(?:constitute|provide|offer) (?:medical|legal|financial|professional) advice)",
    r"for (?:your )?(?:general )?(?:education|information)(?:al)?(?: purposes)? only",
    *(
        rf"{verb} (?:with )?(?:your|a) (?:own )?(?:physician|doctor|health ?care (?:provider|professional))[^.]{{0,40}}"
        r"(?:professional|diagnosis|complete list|before|regarding|for more)"
        for verb in ("consult", "see", "contact")
    ),
    r"results may vary",
    r"medical disclaimer",
    r"professional (?:medical )?(?:advice|diagnosis)",
    r"adverse events, clinical results",
)
DISCLOSURE = _cue(
    "financial interest received disclos advisory",
    _either(
        r"no relevant financial",
        r"financial (?:relationship|disclosure)s?",
        r"conflicts? of interest",
        r"competing (?:financial )?interests?",
        r"received (?:honorari\w+|consult\w+ fees|speaker)",
        r"nothing to disclose",
        r"advisory board",
    ),
)
CUES = (DATE_LINE, LOGIN, INTERRUPTION, BANNER, DISCLAIMER, DISCLOSURE)
