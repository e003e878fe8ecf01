"""Records -> the JSON about a library: its documents, what was done to it, how it is; documented in README.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer.records import Block, Check, Counts, Document, Failure, Moved, Passage, Report, Saved, Summary
from indexer.replies import Json, passage_json

if TYPE_CHECKING:
    from indexer.show import Shown


def acronyms_reply(found: Iterable[tuple[str, str, int]]) -> Json:
    """Short forms, what each stands for, and in how many documents."""
    return {"acronyms": [{"short": short, "long": long, "documents": count} for short, long, count in found]}


def documents_reply(rows: Iterable[Summary], counts: Counts, unused: Iterable[Failure], generation: int) -> Json:
    """The ledger: documents and files, what became of each, and why; and what of a metadata.csv cannot be used."""
    return {
        "generation": generation,
        "counts": asdict(counts),
        "documents": [summary_json(row) for row in rows],
        "unused_metadata": failures_json(unused),
    }


def summary_json(summary: Summary) -> Json:
    """A row of the ledger."""
    return {
        "id": summary.id,
        "path": summary.path,
        "title": summary.title,
        "authors": list(summary.authors),
        "date": summary.date or None,
        "url": summary.url or None,
        "status": summary.status,
        "reason": summary.reason or None,
        "pages": summary.pages,
        "passages": summary.passages,
        "doi": summary.doi or None,
        "journal": summary.journal or None,
        "guessed": list(summary.guessed),
        "quality": summary.quality,
        "left_out": dict(summary.left_out),
        "repairs": dict(summary.repairs),
        "page_notes": [{"page": n.page, "status": n.status, "characters": n.characters} for n in summary.page_notes],
        "notice": summary.notice or None,
        "duplicate_of": summary.original or None,
    }


def document_reply(summary: Summary, document: Document, passages: tuple[Passage, ...]) -> Json:
    """A whole document: clean text, labelled blocks, passages."""
    return summary_json(summary) | {
        "text": document.text.text,
        "blocks": [block_json(block) for block in document.blocks],
        "items": [passage_json(passage) for passage in passages],
    }


def block_json(block: Block) -> Json:
    """A labelled stretch of a document's clean text."""
    return {"start": block.span.start, "end": block.span.end, "kind": block.kind, "level": block.level}


def report_reply(report: Report) -> Json:
    """What a run of `index` did."""
    return {
        "added": list(report.added),
        "changed": list(report.changed),
        "renamed": [asdict(renamed) for renamed in report.renamed],
        "removed": list(report.removed),
        "unchanged": list(report.unchanged),
        "failed": failures_json(report.failed),
        "unused_metadata": failures_json(report.unused),
        "passed_over": list(report.passed),
        "documents": report.documents,
        "passages": report.passages,
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
        "moved": [moved_json(moved) for moved in report.moved],
    }


def shown_reply(shown: Iterable[Shown]) -> Json:
    """Documents before and after cleaning."""
    return {
        "documents": [
            summary_json(one.row)
            | {
                "steps": [{"rule": rule, "characters": taken} for rule, taken in one.steps],
                "changes": [{"rule": c.rule, "before": c.before, "after": c.after} for c in one.changes],
                "left_out_text": [{"label": label, "text": text} for label, text in one.left_out],
                "text": one.kept,
            }
            for one in shown
        ]
    }


def moved_json(moved: Moved) -> Json:
    """What a rebuild changed in the first hits of a saved query."""
    return {
        "query": moved.query,
        "gained": list(moved.gained),
        "lost": list(moved.lost),
        "first_changed": moved.first_changed,
    }


def doctor_reply(checks: list[Check]) -> Json:
    """What each check of the library found."""
    rows = [{"name": c.name, "ok": c.sound, "detail": c.detail, "advice": c.advice or None} for c in checks]
    return {"ok": all(check.sound for check in checks), "checks": rows}


def saved_reply(saved: Saved) -> Json:
    """What a backup holds, or what a restore put back."""
    return {
        "sources": list(saved.sources),
        "failed": failures_json(saved.failed),
        "left_out": failures_json(saved.left_out),
        "bytes": saved.size,
    }


def failures_json(failures: Iterable[Failure]) -> list[Json]:
    """Sources that failed, and why."""
    return [{"path": failure.path, "status": failure.status, "reason": failure.reason} for failure in failures]
