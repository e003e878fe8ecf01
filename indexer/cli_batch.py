"""Many questions at once: a file of lines in, a file of lines out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from indexer import replies
from indexer.answer import answer
from indexer.errors import QueryError
from indexer.library import LibraryReader


def answer_batch(reader: LibraryReader, batch: Path, output: Path) -> dict[str, int]:
    """Answer each line of `batch`; one that is no question gets an `error` instead of answers.

    How many lines have an answer, how many a possible one, how many none, and how many failed, being no questions.
    """
    levels = dict.fromkeys(("answer", "possible", "none", "failed"), 0)
    try:
        with batch.open(encoding="utf-8-sig", errors="replace") as asked, output.open("w", encoding="utf-8") as out:
            for number, line in enumerate(asked, 1):
                if line.strip():
                    reply = _answered_line(reader, number, line)
                    out.write(json.dumps(reply) + "\n")
                    levels[reply.get("level", "failed")] += 1
    except OSError as error:
        raise click.UsageError(f"cannot read {batch} or write {output}: {error.strerror}") from error
    return levels


def _answered_line(reader: LibraryReader, number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        return {"id": asked["id"]} | replies.answer_reply(answer(reader, str(asked["question"])))
    except (ValueError, KeyError, TypeError):
        return {"id": None, "error": f"line {number} is not an object with id and question"}
    except QueryError as error:
        return {"id": asked["id"], "error": error.reason}
