"""Small PDFs written by hand: text at places, in fonts every reader has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from indexer.read.pdf import extracts
from indexer.records import Extract
from tests.read.soundness import SOURCE, check_sound

FONTS = ("Courier", "Courier-Bold", "Courier-Oblique", "Helvetica", "Times-Roman")
WIDTH, HEIGHT = 612, 792
STEP = 0.6  # type sizes that a character of Courier takes


class Text(NamedTuple):
    """A string on a page; y is the base line's, from the page's foot."""

    x: float
    y: float
    string: str
    size: float = 10
    font: str = "Courier"
    turned: tuple[float, float, float, float] = (1, 0, 0, 1)


def bold(x: float, y: float, string: str, size: float = 10) -> Text:
    """A string in bold."""
    return Text(x, y, string, size, "Courier-Bold")


def column(x: float, y: float, prose: str, width: int = 40, size: float = 10, leading: float = 12) -> list[Text]:
    """Prose set in lines of at most `width` characters, the first one at `y`; "|" ends a line by force."""
    lines = [line for part in prose.split("|") for line in textwrap.wrap(part, width, break_on_hyphens=False)]
    return [Text(x, y - leading * at, line, size) for at, line in enumerate(lines)]


def paragraphs(x: float, y: float, *proses: str, width: int = 40) -> list[Text]:
    """Paragraphs one under another, told apart by their indented first lines."""
    found: list[Text] = []
    for prose in proses:
        below = found[-1].y - 12 if found else y
        set_lines = column(x, below, "..." + prose, width)
        first = set_lines[0]
        found += [first._replace(x=x + 3 * STEP * first.size, string=first.string[3:]), *set_lines[1:]]
    return found


def across(*columns: Sequence[Text]) -> list[Text]:
    """Columns written line by line over all of them, as a converter of scans does."""
    return sorted((text for column in columns for text in column), key=lambda text: (-text.y, text.x))


def pdf(
    *pages: Iterable[Text], info: Mapping[str, str] | None = None, drawn: str = "", page: str = "", trailer: str = ""
) -> bytes:
    """A PDF of pages of text. `drawn` is put before each page's text, `page` and `trailer` into the dictionaries."""
    pages = tuple(tuple(texts) for texts in pages)
    fonts = " ".join(f"/{name} {3 + at} 0 R" for at, name in enumerate(FONTS))
    first = 4 + len(FONTS)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<<{fonts}>>>>>>",
        *(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>" for name in FONTS),
        "<<" + "".join(f"/{name}({_escaped(value)})" for name, value in (info or {}).items()) + ">>",
    ]
    for at, texts in enumerate(pages):
        stream = drawn + "".join(_shown(text) for text in texts)
        bodies.append(f"<</Type/Page/Parent 2 0 R/Contents {first + 2 * at + 1} 0 R{page}>>")
        bodies.append(f"<</Length {len(stream.encode('cp1252'))}>>stream\n{stream}\nendstream")
    return _file(bodies, f"/Info {3 + len(FONTS)} 0 R{trailer}")


def read(*pages: Iterable[Text], info: Mapping[str, str] | None = None, drawn: str = "", page: str = "") -> Extract:
    """The extract of a PDF of these pages, which is sound."""
    (extract,) = extracts(pdf(*pages, info=info, drawn=drawn, page=page), SOURCE)
    check_sound(extract)
    return extract


def _shown(text: Text) -> str:
    """The operators that show a string."""
    matrix = " ".join(f"{number:g}" for number in (*text.turned, text.x, text.y))
    return f"BT /{text.font} {text.size:g} Tf {matrix} Tm ({_escaped(text.string)}) Tj ET\n"


def _escaped(string: str) -> str:
    """A string as it stands between the brackets of a literal."""
    return string.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(bodies: Sequence[str], trailer: str) -> bytes:
    """The file of the bodies of its objects, from number 1."""
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<</Size {len(bodies) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()
