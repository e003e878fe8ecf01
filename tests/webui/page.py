"""A page as a browser would read it."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """A page's elements: (tag, attributes, text), with tags that must close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag):
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data):
        for at in self.open:
            self.elements[at][2].append(data)

    def all(self, tag: str, **attributes: str) -> list[tuple[dict[str, str | None], str]]:
        """Attributes and text of the elements with this tag that have these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            (found, " ".join("".join(text).split()))
            for name, found, text in self.elements
            if name == tag and wanted.items() <= found.items()
        ]

    def one(self, tag: str, **attributes: str) -> tuple[dict[str, str | None], str]:
        (element,) = self.all(tag, **attributes)
        return element


def get(client, address: str, status: int = 200, **parameters: str) -> Page:
    response = client.get(address, query_string=parameters or None)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    return Page(response.text)


def address_of(page: Page) -> str:
    """The address of the first hit's passage."""
    links = [found for found, _ in page.all("a") if "class" not in found]
    return next(found["href"] for found in links if found["href"].endswith("#passage"))
