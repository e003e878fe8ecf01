"""Pincite: search a folder of documents, with every passage and quote cited to its exact place.

from pathlib import Path
from indexer import Library, index, search

index(Path(".pincite"), [Path("corpus")])
with Library.open(Path(".pincite")).reader() as reader:
    for hit in search(reader, "drop metastasis").hits:
        print(hit.citation.text, hit.passage.text)
"""

from indexer.answer import answer
from indexer.cite import author_line, cite
from indexer.discover import leads_elsewhere, source_file
from indexer.doctor import self_test
from indexer.errors import (
    EvaluationFileError,
    JudgmentError,
    LibraryAccessError,
    LibraryDamagedError,
    LibraryLockedError,
    LibraryMissingError,
    PinciteError,
    QueryError,
    SourcePathError,
    UnknownIdError,
    UnreadableSourceError,
)
from indexer.index import index
from indexer.judgments import GRADES, grades_of, judge
from indexer.library import Library, LibraryReader
from indexer.marks import highlight
from indexer.question import is_question
from indexer.records import (
    CONTENT,
    FACETS,
    SORTS,
    Answer,
    Block,
    Citation,
    Document,
    Hit,
    Options,
    Passage,
    Quote,
    Report,
    Results,
    Span,
    Summary,
)
from indexer.replies import (
    answer_reply,
    facets_json,
    passage_reply,
    query_problem,
    search_reply,
    suggest_reply,
)
from indexer.replies_library import document_reply, documents_reply
from indexer.search import search
from indexer.settings import Settings
from indexer.sheets import unused_rows
from indexer.suggest import suggest
from indexer.verify import source_text, verify

__all__ = [
    "CONTENT",
    "FACETS",
    "GRADES",
    "SORTS",
    "Answer",
    "Block",
    "Citation",
    "Document",
    "EvaluationFileError",
    "Hit",
    "JudgmentError",
    "Library",
    "LibraryAccessError",
    "LibraryDamagedError",
    "LibraryLockedError",
    "LibraryMissingError",
    "LibraryReader",
    "Options",
    "Passage",
    "PinciteError",
    "QueryError",
    "Quote",
    "Report",
    "Results",
    "Settings",
    "SourcePathError",
    "Span",
    "Summary",
    "UnknownIdError",
    "UnreadableSourceError",
    "answer",
    "answer_reply",
    "author_line",
    "cite",
    "document_reply",
    "documents_reply",
    "facets_json",
    "grades_of",
    "highlight",
    "index",
    "is_question",
    "judge",
    "leads_elsewhere",
    "passage_reply",
    "query_problem",
    "search",
    "search_reply",
    "self_test",
    "source_file",
    "source_text",
    "suggest",
    "suggest_reply",
    "unused_rows",
    "verify",
]
