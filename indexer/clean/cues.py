"""Words that give away what is not content: notices, log-in walls, calls to action, disclaimers."""

from __future__ import annotations

import re

from indexer.clean.words import word_set

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"(?i)\b(?:\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{4}})\b"
)
DATED = re.compile(
    r"(?i)\b(?:published|released|updated|reviewed|expires?|posted|modified|received|accepted|revised|"
    r"created|date)\b"
)
DEGREE = re.compile(
    r"(?<![\w.])(?:MD|Ph\.?D|M\.D|DO|MBBS|MBChB|M\.?Sc|MPH|RN|NP|PA-C|FRCP|FRCS|FACS|FAAN|DPhil|PharmD|"
    r"DDS|DVM|EdD)\b\.?"
)
LOGIN = re.compile(
    r"(?i)\b(?:log(?:ged)?[ -]?in|sign(?:ed)?[ -]?in|subscri(?:be|bers?|ptions?)|registered|members? "
    r"only|service plans?|create an account|full access)\b"
)
ACTION = re.compile(
    r"(?i)^\W*(?:find an? |schedule |request an? |make an appointment|book (?:an?|your|online) |learn "
    r"more|read more|click |call (?:us|now|\d)|contact us|share this|sign up|follow us|download |"
    r"subscribe|donate|print this|view |visit .{0,60}(?:page|site|website)\b)|\b(?:learn more(?=\.?$)|"
    r"schedule an appointment|click here|sign up (?:for|to)|find a doctor|call us at|visit our)\b"
)
BANNER = re.compile(
    r"(?i)\bcookies?\b|enable javascript|privacy policy|terms of (?:use|service)|all rights reserved|"
    r"now offering|until further notice|\bvirtual visits?|\bwe are (?:proud|open|here)\b|\bis proud "
    r"to\b|accepting new patients|\bour (?:community|hospitals?|team|locations?|clinics?|patients and "
    r"visitors)\b|\btracking pixel|\bfacebook pixel|\badvertisement\b|skip to (?:main )?content"
)
DISCLAIMER = re.compile(
    r"(?i)not (?:intended|meant|designed) (?:to|as|for) (?:be )?(?:a )?(?:substitut|replace|diagnos|"
    r"medical|provide medical)|not a substitute for|for (?:your )?(?:general )?(?:education|"
    r"information)(?:al)?(?: purposes)? only|(?:consult|see|contact) (?:with )?(?:your|a) (?:own "
    r")?(?:physician|doctor|health ?care (?:provider|professional))[^.]{0,40}(?:professional|diagnosis|"
    r"complete list|before|regarding|for more)|results may vary|medical disclaimer|professional "
    r"(?:medical )?(?:advice|diagnosis)|adverse events, clinical results"
)
DISCLOSURE = re.compile(
    r"(?i)no relevant financial|financial (?:relationship|disclosure)s?|conflicts? of interest|"
    r"competing (?:financial )?interests?|received (?:honorari\w+|consult\w+ fees|speaker)|nothing to "
    r"disclose|advisory board"
)
_STOP = word_set(
    "the and for but with from are was were been being this that these those its they them their she "
    "his her our you your not may can will would should could has have had does did which who what "
    "when where how than then there here also more most other some any all each into about over after "
    "before between during through out off only own same too very such"
)


def content_words(text: str) -> set[str]:
    """The words of a text that are about something, in lower case."""
    return {word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _STOP}
