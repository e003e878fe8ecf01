"""Documents for tests, made from labelled paragraphs."""

from indexer.aligned import AlignedText
from indexer.records import Block, Document, Source, Span


def document(*paragraphs: tuple[str, str] | tuple[str, str, int], pages: tuple[Span, ...] = ()) -> Document:
    """A document of (kind, text) or (kind, text, level), each paragraph a block, blank lines between them."""
    text, blocks = "", []
    for kind, words, *level in paragraphs:
        text += "\n\n" if text else ""
        blocks.append(Block(Span(len(text), len(text) + len(words)), kind, *level))
        text += words
    return Document(
        id="d1",
        source=Source("d1.txt", "0" * 64),
        title="A title",
        authors=(),
        date="",
        url="",
        text=AlignedText.of(text),
        blocks=tuple(blocks),
        pages=pages,
    )
