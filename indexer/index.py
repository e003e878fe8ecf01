"""Bring a library in line with folders and files: read, clean, chunk, analyse, write."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from itertools import batched
from pathlib import Path

from indexer.analyse import analyse
from indexer.chunk import passages
from indexer.clean import clean, document_id
from indexer.discover import Found, discover, lies_under
from indexer.engines import Engine
from indexer.errors import UnreadableSourceError
from indexer.library import Library
from indexer.read import extracts, load, readable
from indexer.records import Document, Entry, Extract, Failure, Passage, PassageEntry, Report, Source, Summary
from indexer.settings import Settings
from indexer.stored import document_payload, passage_payload

BATCH = 500  # documents in a commit: bounds the memory, and what an interruption costs

Progress = Callable[[str, int, int], None]  # (source path, files done, files in all)
Ledger = dict[str, dict[str, tuple[str, Summary]]]  # source path -> document id -> (fingerprint, row)
