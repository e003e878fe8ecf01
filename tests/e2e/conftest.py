import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.webui.libraries import CORPUS, library_of

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of the page over the five documents of the corpus."""
    library = library_of(tmp_path_factory.mktemp("e2e"), CORPUS)
    command = [sys.executable, "-m", "indexer.cli", "--library", str(library), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        yield next(word for word in server.stderr.readline().split() if word.startswith("http"))
        server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def _is_complaint(message: ConsoleMessage) -> bool:
    """True for an error but that a page which says what is wrong with a query has the status 400."""
    return message.type == "error" and "status of 400" not in message.text


@pytest.fixture
def visit(browser, site):
    """Open a page in a browser of its own, set up as the keyword arguments say; they must make no complaint."""
    contexts, complaints = [], []

    def open_page(address: str, **settings) -> Page:
        contexts.append(browser.new_context(base_url=site, **settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
